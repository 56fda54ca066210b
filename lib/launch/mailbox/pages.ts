import { type Html, html } from './html'
import type { Message } from './store'

/** All mails, or those to one address; `mailbox.js` keeps the list up to date. */
export function listPage(messages: Message[], to: string): string {
  const items = messages.map(
    (each) => html`
      <li>
        <a href="/messages/${each.id}">
          <span class="subject">${each.subject || 'No subject'}</span>
          <span class="meta">to ${each.to} · ${time(each)}</span>
          <span class="preview">${preview(each)}</span>
        </a>
      </li>`,
  )
  const empty = to
    ? html`<p class="empty">No mail to ${to} yet. It appears here by itself.</p>`
    : html`<p class="empty">No mail yet. Whatever Keyturn sends appears here by itself.</p>`
  return page(
    'Mailbox',
    html`
    <h1>Mailbox</h1>
    <p class="lead">Every mail that this demo sends ends up here. Nothing leaves this machine.</p>
    <form action="/" method="get" role="search">
      <label for="to">Recipient</label>
      <input id="to" name="to" type="search" value="${to}" placeholder="All" autocomplete="off" spellcheck="false">
      <button type="submit">Show</button>
    </form>
    <p id="news" class="visually-hidden" role="status"></p>
    <div id="list">${messages.length === 0 ? empty : html`<ol>${items}</ol>`}</div>
    <script src="/mailbox.js"></script>`,
  )
}

export function messagePage(message: Message): string {
  const asHtml = html`
      <section aria-labelledby="as-html">
        <h2 id="as-html">As HTML</h2>
        <iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${message.id}/html" title="The mail as HTML"></iframe>
      </section>`
  const asText = html`
      <section aria-labelledby="as-text">
        <h2 id="as-text">As text</h2>
        <pre tabindex="0" aria-labelledby="as-text">${message.text}</pre>
      </section>`
  return page(
    message.subject,
    html`
    <p><a class="back" href="/">← All mail</a></p>
    <h1>${message.subject || 'No subject'}</h1>
    <dl>
      <div><dt>From</dt><dd>${message.from}</dd></div>
      <div><dt>To</dt><dd>${message.to}</dd></div>
      <div><dt>Sent</dt><dd>${time(message)}</dd></div>
    </dl>
    <div class="bodies">${message.html ? asHtml : html``}${message.text ? asText : html``}</div>`,
  )
}

export function notFoundPage(): string {
  return page(
    'Not found',
    html`<h1>Not found</h1><p>There is no such mail; only the last 500 are kept. <a href="/">All mail</a></p>`,
  )
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} – Keyturn mailbox</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/mailbox.css">
  </head>
  <body><main>${body}</main></body>
</html>
`.text
}

function time(message: Message): Html {
  const readable = message.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')
  return html`<time datetime="${message.createdAt}">${readable}</time>`
}

function preview(message: Message): string {
  return message.text.replace(/\s+/g, ' ').trim().slice(0, 160)
}
