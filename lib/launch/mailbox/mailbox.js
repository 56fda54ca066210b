const list = document.getElementById('list')
const news = document.getElementById('news')
const count = () => list.querySelectorAll('li').length

async function refresh() {
  try {
    const response = await fetch(location.href)
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('list')
    if (!fresh || fresh.innerHTML === list.innerHTML) return
    const before = count()
    const focused = document.activeElement?.closest('#list a')?.getAttribute('href')
    list.innerHTML = fresh.innerHTML
    if (focused) list.querySelector(`a[href="${focused}"]`)?.focus()
    const added = count() - before
    if (added > 0) news.textContent = added === 1 ? '1 new mail' : `${added} new mails`
  } catch {
    // The demo may be restarting; the next round tells.
  }
}

setInterval(() => {
  if (document.visibilityState === 'visible') refresh()
}, 2000)
document.addEventListener('visibilitychange', refresh)
