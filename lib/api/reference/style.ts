/** The one style of the reference; its hash stands in the page's policy, so it may hold nothing that varies. */
export const style = `
:root{color-scheme:light dark;--canvas:light-dark(#fafafa,#0b0b0d);--surface:light-dark(#fff,#131316);--raised:light-dark(#f4f4f5,#1c1c20);--line:light-dark(#e4e4e7,#2a2a30);--ink:light-dark(#18181b,#f4f4f5);--muted:light-dark(#5b5b66,#a1a1ac);--accent:light-dark(#4338ca,#a5b4fc);--accent-soft:light-dark(#eef2ff,#1e1b4b);--good:light-dark(#166534,#86efac);--bad:light-dark(#b91c1c,#fca5a5)}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--canvas);color:var(--ink);font:15px/1.6 system-ui,sans-serif}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
code{font-size:.9em;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:1rem;padding:.5rem .75rem;background:var(--surface);z-index:1}
.frame{display:grid;gap:0 3rem;max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}
header{margin-bottom:1.5rem}
h1,h2,h3,h4{line-height:1.3;overflow-wrap:anywhere}
h1{margin:0;font-size:1.75rem}
h2{margin:2.5rem 0 .75rem;font-size:1.25rem}
h3{margin:0 0 .25rem;font-size:1.0625rem}
h4{margin:1.25rem 0 .375rem;font-size:.875rem}
p{margin:.375rem 0}
.lead,.muted,.type{color:var(--muted)}
nav{font-size:.875rem}
nav h2{margin:1rem 0 .25rem;font-size:.875rem}
nav ul{margin:0;padding:0;list-style:none}
nav a{display:block;padding:.25rem 0;color:inherit;text-decoration:none;overflow-wrap:anywhere}
nav a:hover{color:var(--accent);text-decoration:underline}
.route{margin:0 0 1.5rem;padding:1.25rem;border:1px solid var(--line);border-radius:.75rem;background:var(--surface)}
.route h3 a,h2 a{color:inherit;text-decoration:none}
.route h3 a:hover,h2 a:hover{text-decoration:underline}
.method{display:inline-block;margin-right:.375rem;padding:0 .4rem;border-radius:.3rem;background:var(--accent-soft);color:var(--accent);font-size:.75rem;font-weight:600;line-height:1.5rem;vertical-align:.06em}
dl{margin:0;border:1px solid var(--line);border-radius:.5rem;background:var(--surface)}
dl>div{padding:.5rem .75rem}
dl>div+div{border-top:1px solid var(--line)}
dt{font-weight:600}
dt .type,dt .need{margin-left:.5rem;font-size:.8125rem;font-weight:400}
dd{margin:0;font-size:.875rem}
pre{margin:.375rem 0;padding:.75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--raised);font-size:.8125rem;line-height:1.55;white-space:pre-wrap;overflow-wrap:anywhere}
details{margin-top:.5rem}
summary{padding:.25rem 0;cursor:pointer;font-size:.875rem}
.status{font-weight:600}
.ok{color:var(--good)}
.no{color:var(--bad)}
@media (min-width:64rem){.frame{grid-template-columns:17rem minmax(0,1fr)}header{grid-column:1/-1}nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;padding:.5rem .25rem 1rem}main>section:first-child>h2{margin-top:.5rem}dl.codes>div{display:grid;grid-template-columns:15rem 1fr;gap:1rem}}
@media print{:root{color-scheme:light}nav,.skip{display:none}.frame{display:block;max-width:none;padding:0}pre,dl>div{break-inside:avoid}a{color:inherit;text-decoration:none}}
`
