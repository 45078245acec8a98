/** Follows the reader's light or dark setting. */
export const reportStyle = `
:root{color-scheme:light dark;--line:light-dark(#d0d4da,#444a54);--soft:light-dark(#f5f6f8,#1f2329);--ink:light-dark(#1c2026,#e3e6ea);--quiet:light-dark(#5a626e,#a2aab5);--accent:light-dark(#0b66c3,#5aa9f5);--good:light-dark(#17763b,#5fc98a);--bad:light-dark(#b3261e,#f28b82)}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:light-dark(#fff,#16191e);max-width:1100px;margin:0 auto;padding:1rem 1.5rem 4rem}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}p{margin:.25rem 0}
.figures{display:flex;flex-wrap:wrap;gap:1.5rem;margin-top:1rem}figure{margin:0;flex:1 1 280px}figcaption{color:var(--quiet);margin-bottom:.25rem}
svg{width:100%;max-width:320px}svg text{fill:var(--quiet);font-size:10px}.axis{fill:none;stroke:var(--quiet)}.ideal{stroke:var(--line);stroke-dasharray:4}circle{fill:var(--accent);fill-opacity:.75}polyline{fill:none;stroke:var(--accent);stroke-width:2}
table{border-collapse:collapse}th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:right;font-variant-numeric:tabular-nums}th[scope=row]{text-align:left}th{font-weight:600}.hit{font-weight:700}
.controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}input,select,button{font:inherit;padding:.3rem .5rem;border:1px solid var(--line);border-radius:4px;background:var(--soft);color:inherit}input{min-width:12rem}#count{color:var(--quiet)}
#list{list-style:none;padding:0}#list>li{border:1px solid var(--line);border-radius:6px;margin:.5rem 0}summary{padding:.5rem .75rem;cursor:pointer;display:grid;grid-template-columns:1fr auto auto;gap:.75rem;align-items:baseline}summary:focus-visible{outline:2px solid var(--accent)}
.text{overflow-wrap:anywhere;max-height:4.5em;overflow:hidden}.p{font-variant-numeric:tabular-nums;white-space:nowrap}.right{color:var(--good)}.wrong{color:var(--bad)}.detail{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:1rem;padding:.5rem .75rem 1rem;border-top:1px solid var(--line);background:var(--soft)}
.detail h3{font-size:.9rem;margin:.25rem 0;color:var(--quiet)}.detail ul{margin:0;padding-left:1.1rem}.whole{white-space:pre-wrap;overflow-wrap:anywhere}.bar{display:inline-block;height:.6em;background:var(--good);margin-right:.4em}.bar.minus{background:var(--bad)}
`;
