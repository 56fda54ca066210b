const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

class Html {
  constructor(readonly text: string) {}
}

export type { Html }

/** A template whose values are escaped, unless they come from this function themselves. */
export function html(parts: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const rendered = values.map((value) =>
    typeof value === 'string'
      ? value.replace(/[&<>"']/g, (c) => entities[c] ?? c)
      : [value]
          .flat()
          .map((v) => v.text)
          .join(''),
  )
  return new Html(parts.map((part, index) => part + (rendered[index] ?? '')).join(''))
}
