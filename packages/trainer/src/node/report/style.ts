/** Colours that differ in lightness, too, and no red beside green: light, dark. */
const COLOURS: Record<string, readonly [light: string, dark: string]> = {
  paper: ['#f6f8fa', '#0d1117'],
  card: ['#ffffff', '#151b23'],
  line: ['#d1d9e0', '#3d444d'],
  grid: ['#e6eaef', '#2a313c'],
  band: ['#ddf4ff', '#0f2a47'],
  ink: ['#1f2328', '#e6edf3'],
  faint: ['#59636e', '#9da7b3'],
  link: ['#0550ae', '#79c0ff'],
  measured: ['#8c959f', '#7d8590'],
  model: ['#0969da', '#58a6ff'],
  prediction: ['#bc4c00', '#f0883e'],
  interval: ['#ffdfc2', '#4d2c12'],
  alarm: ['#cf222e', '#ff7b72'],
  known: ['#4d2d00', '#f2cc60'],
  threshold: ['#bc4c00', '#f0883e'],
  baseline: ['#8a5a00', '#e3b341'],
  warning: ['#fff8c5', '#2e2508'],
  'warning-line': ['#d4a72c', '#9e7c1d'],
  // from early to late: viridis, without its ends that a page's ground would swallow
  'time-0': ['#440154', '#5b4ba0'],
  'time-1': ['#482878', '#4a67b0'],
  'time-2': ['#3e4a89', '#3a80b5'],
  'time-3': ['#31688e', '#2f97b0'],
  'time-4': ['#26828e', '#2bad9f'],
  'time-5': ['#1f9e89', '#45c486'],
  'time-6': ['#35b779', '#7fd65f'],
  'time-7': ['#6dcd59', '#bce14a'],
  'time-8': ['#b4cf1f', '#fde725'],
}

const variables = (which: 0 | 1) =>
  Object.entries(COLOURS)
    .map(([name, colours]) => `--${name}:${colours[which]}`)
    .join(';')

/** The page's style sheet: for light and dark screens, for phones from 360 pixels on, and for paper. */
export const STYLE = `
:root{color-scheme:light dark;${variables(0)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(1)}}}
*{box-sizing:border-box;-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere;
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main,header,footer{max-width:1180px;margin:0 auto;padding:0 16px}
header{padding-top:40px}
h1{font-size:30px;line-height:1.2;letter-spacing:-.015em;margin:0 0 8px}
h2{font-size:21px;letter-spacing:-.01em;margin:48px 0 4px;scroll-margin-top:12px}
h3{font-size:15px;margin:0}
p{margin:0 0 8px}
.lead{font-size:18px;max-width:46em;margin:0}
.lead,.intro,figcaption,footer,.tile small{color:var(--faint)}
.lead b{color:var(--ink);font-weight:600}
.intro{max-width:46em;margin-bottom:14px}
.over{color:var(--faint);font-size:13px;font-weight:600;letter-spacing:.06em;text-transform:uppercase;margin:0 0 4px}
.tiles{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:16px;margin:24px 0 0;padding:0}
.card,.tile{background:var(--card);border:1px solid var(--line);border-radius:10px}
.tile{padding:14px 16px;display:flex;flex-direction:column}
.tile dt{font-size:13px;color:var(--faint)}
.tile dd{margin:0;font-size:25px;line-height:1.3;font-weight:600;letter-spacing:-.01em;font-variant-numeric:tabular-nums}
.tile small{font-size:13px;font-weight:400;letter-spacing:0;display:block;line-height:1.4}
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:20px;font-size:14px}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,346px),1fr));gap:16px;align-items:start}
.card{margin:0;padding:14px 15px;min-width:0}
.grid>.card{height:100%}
.grid>.whole{grid-column:1/-1}
.halves{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;align-items:start}
.halves.rows{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}
.stack{display:grid;gap:16px}
figcaption{font-size:13.5px;margin-top:8px}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;list-style:none;margin:6px 0 8px;padding:0;font-size:13px;color:var(--faint)}
.legend li{display:flex;align-items:center;gap:7px}
.mark{flex:none;width:18px;height:0;border-top:3px solid var(--measured);border-radius:2px}
.mark-model{border-color:var(--model)}
.mark-prediction{border-color:var(--prediction)}
.mark-threshold{width:20px;border-top:2px dashed var(--threshold);border-radius:0}
.mark-baseline{width:20px;border-top:2px dotted var(--baseline);border-radius:0}
.mark-alarm{border-top-width:7px;border-color:var(--alarm);border-radius:1px}
.mark-known{border-top-width:7px;border-color:var(--known);border-radius:1px}
.mark-band{border:0;height:12px;background:var(--band);border:1px solid var(--line)}
.mark-interval{border:0;height:12px;background:var(--interval)}
.mark-bars{border:0;height:12px;background:var(--measured);opacity:.6}
.mark-kept{width:12px;height:12px;border:2px solid var(--ink);border-radius:50%}
.mark-time{width:72px;height:10px;border:0;border-radius:3px;background:linear-gradient(90deg,${Array.from({ length: 9 }, (_, i) => `var(--time-${i})`).join()})}
.plot{display:block;max-width:100%;height:auto;margin:0 auto;overflow:visible;font-size:11.5px;font-variant-numeric:tabular-nums}
.plot text{white-space:pre}
.narrow{display:none}
figure .tempocode-plot{display:block;margin:4px auto 0;overflow:visible}
figure .tempocode-plot .paper{fill:none}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
th{overflow-wrap:normal;font-weight:600;text-align:left;font-size:13px;color:var(--faint)}
th,td{padding:6px 14px 6px 0;border-bottom:1px solid var(--grid);vertical-align:top}
tr:last-child td{border-bottom:0}
td.number,th.number{text-align:right}
td.number{white-space:nowrap}
td.name{overflow-wrap:anywhere;min-width:7em}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:5px 18px;margin:8px 0 0;font-size:14px}
.facts dt{color:var(--faint)}
.facts dd{margin:0}
.warnings{background:var(--warning);border:1px solid var(--warning-line);border-radius:10px;padding:10px 16px;margin:24px 0 0}
.warnings ul{margin:4px 0 0;padding-left:20px}
pre{background:var(--paper);border:1px solid var(--grid);border-radius:8px;padding:12px 14px;margin:8px 0 0;
font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;white-space:pre-wrap}
footer{font-size:13px;padding-top:40px;padding-bottom:40px}
@media (max-width:1040px){.wide .plot{font-size:15px}.halves.rows{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:760px){
.halves,.halves.rows{grid-template-columns:minmax(0,1fr)}
th,td{padding:5px 6px 5px 0;font-size:12px}
.records td{font-size:13px;white-space:normal}
.records thead{display:none}.records tr{display:block;padding:7px 0;border-bottom:1px solid var(--grid)}
.records td{display:grid;grid-template-columns:9.5em minmax(0,1fr);border:0;padding:1px 0;text-align:left}
.records td::before{content:attr(data-name);color:var(--faint)}
.wide{display:none}.narrow{display:block}
body{font-size:15px}main,header,footer{padding-left:10px;padding-right:10px}
header{padding-top:24px}h1{font-size:25px}.lead{font-size:16px}h2{margin-top:36px}
.card{padding:12px 9px}.tiles{grid-template-columns:repeat(2,minmax(0,1fr));gap:8px}.tile{padding:10px 12px}.tile dd{font-size:20px}
}
@media print{
@page{margin:12mm}
body{background:none;font-size:10.5pt}main,header,footer{padding:0;max-width:none}header{padding-top:0}
nav{display:none}h2{break-after:avoid;margin-top:24px}.card,.tile,tr{break-inside:avoid}
.grid{grid-template-columns:repeat(2,minmax(0,1fr));gap:10px}.tiles{grid-template-columns:repeat(4,minmax(0,1fr));gap:8px}.tile dd{font-size:17px}
.wide{display:block}.narrow{display:none}.wide .plot{font-size:15px}.scroll{overflow:visible}
}`
