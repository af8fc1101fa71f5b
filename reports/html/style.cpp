// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet of the report. Contrast: 4.5:1 for text and 3:1 for marks, light and dark (WCAG 2.2 AA); nothing is said by
// colour alone; no sticky element can hide the focus; links and summaries are at least 24 px high.
#include "reports/html/markup.hpp"

namespace secateur::html {

std::string_view style_sheet() {
    return R"css(
:root { color-scheme: light dark;
  --paper: #faf8f3; --card: #ffffff; --ink: #22262b; --soft: #59606a; --line: #ddd8cc; --accent: #29614a; --wash: #f1eee5;
  --keep: #29704f; --trial: #8a5a00; --read_only: #1f5f9a; --mute: #6a558e; --leave: #a83c2a; --cannot_judge: #5b626b;
  --bar: #29704f; --others: #c9d2cc; --outline: #7c8b82;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16191b; --card: #1e2225; --ink: #e7e5df; --soft: #a9b0b6; --line: #363c41; --accent: #86c9a8; --wash: #24292c;
  --keep: #7cc7a0; --trial: #e0b055; --read_only: #85b9ea; --mute: #b9a5df; --leave: #ee9a86; --cannot_judge: #aab2ba;
  --bar: #7cc7a0; --others: #3d474b; --outline: #87949a; } }
* { box-sizing: border-box; }
html { font: 100%/1.55 var(--sans); background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
  scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem) 4rem; max-width: 76rem; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; padding: .6rem 1rem; background: var(--accent); color: var(--paper); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.9rem, 5vw, 2.9rem); margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.55rem; margin: 3.6rem 0 1rem; padding-top: 1.1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.12rem; margin: 0 0 .35rem; }
p { margin: .5rem 0; max-width: 46rem; }
.after { margin-top: 1.6rem; }
.soft { color: var(--soft); }
.small { font-size: .87rem; }
code { font: .92em ui-monospace, "Liberation Mono", Menlo, Consolas, monospace; background: var(--wash); padding: .05em .35em;
  border-radius: 4px; }
.top { padding: clamp(1.8rem, 6vw, 4rem) 0 0; }
.eyebrow { color: var(--accent); font-size: .87rem; letter-spacing: .06em; margin: 0 0 .8rem; font-weight: 600; }
.lead { font-family: var(--serif); font-size: clamp(1.2rem, 2.6vw, 1.55rem); line-height: 1.42; margin: 1.1rem 0 1.4rem;
  max-width: 50rem; text-wrap: pretty; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1.3rem; margin: 1.4rem 0 0; padding: 0; font-size: .93rem; }
nav a { display: inline-block; padding: .22rem 0; min-height: 24px; }
.bar { display: flex; height: .8rem; gap: 2px; margin: 1.6rem 0 .7rem; border-radius: 99px; overflow: hidden; }
.bar span { display: block; min-width: 4px; }
.strip { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem 2rem; padding: 0; margin: 0; }
.strip strong { font-family: var(--serif); font-size: 1.5rem; font-weight: 600; margin-right: .35rem;
  font-variant-numeric: lining-nums; }
.swatch { display: inline-block; width: .75rem; height: .75rem; border-radius: 3px; margin-right: .45rem; }
.keep { --hue: var(--keep); } .trial { --hue: var(--trial); } .read_only { --hue: var(--read_only); }
.mute { --hue: var(--mute); }
.leave { --hue: var(--leave); } .cannot_judge, .apart { --hue: var(--cannot_judge); }
.bar span, .swatch { background: var(--hue, var(--cannot_judge)); }
.tag { display: inline-block; color: var(--hue, var(--soft)); border: 1.5px solid currentColor; border-radius: 99px;
  padding: .02rem .65rem; font-size: .87rem; font-weight: 600; }
code { white-space: nowrap; }
.objectives { padding: 0; margin: 0; list-style: none; display: grid; gap: .9rem; grid-template-columns: repeat(auto-fit,
  minmax(min(100%, 20rem), 1fr)); }
.box { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; }
.box p:last-child { margin-bottom: 0; }
.decisions { list-style: none; padding: 0; margin: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill,
  minmax(min(100%, 26rem), 1fr)); align-items: start; }
.decisions .box { border-left: 5px solid var(--hue, var(--line)); }
.decisions h3 { margin-bottom: .5rem; }
.reasons { list-style: none; margin: .6rem 0 0; padding: 0; }
.reasons li { padding-left: 1.5rem; position: relative; margin: .3rem 0; }
.reasons li::before { content: "+"; position: absolute; left: .2rem; font-weight: 700; color: var(--keep); }
.reasons li.against::before { content: "\2013"; color: var(--leave); }
.reasons b { font-weight: 600; color: var(--soft); }
.next { border-top: 1px solid var(--line); margin-top: .8rem; padding-top: .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .6rem; max-width: 46rem; }
th, td { overflow-wrap: break-word; text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0;
  border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--soft); font-size: .87rem; vertical-align: bottom; border-bottom: 1.5px solid var(--soft); }
tbody .rowgroup { padding-top: 1.6rem; font-family: var(--serif); font-size: 1.12rem; font-weight: 600; color: var(--hue,
  var(--ink)); border-bottom: 1.5px solid var(--hue, var(--line)); }
tbody th[scope="row"] { font-weight: 600; width: 26%; min-width: 11rem; overflow-wrap: anywhere; }
tbody th[scope="row"] a { display: inline-block; min-height: 24px; color: inherit; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td .line { display: block; white-space: nowrap; } .activity { min-width: 13rem; }
td .soft, th .soft { display: block; font-weight: 400; font-size: .87rem; }
.spark { display: block; width: 122px; height: 28px; }
.spark rect, .months rect { fill: var(--bar); }
.spark path, .months path { fill: var(--others); stroke: var(--outline); stroke-width: .8; }
.spark line, .months line { stroke: var(--soft); stroke-width: 1; }
.months { display: block; width: 100%; max-width: 34rem; height: auto; margin: .4rem 0; }
.months text { fill: var(--soft); font: 11px var(--sans); }
.picture { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem; }
.picture svg { display: block; width: 100%; min-width: 46rem; height: auto; }
.picture text { fill: var(--ink); font: 12px var(--sans); } .picture .axis { fill: var(--soft); }
.picture .lane { font: 600 13px var(--serif); }
.picture line { stroke: var(--line); stroke-width: 1; } .picture .guide { stroke-dasharray: 2 4; }
.picture .mark, .legend .mark { fill: var(--hue); stroke: var(--hue); stroke-width: 1.6; }
.picture .unknown { fill: var(--card); }
figure { margin: 0; } figcaption { margin-top: .9rem; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; padding: 0; margin: .6rem 0; font-size: .87rem; }
.legend svg { width: 18px; height: 18px; min-width: 0; display: inline-block; vertical-align: -4px; margin-right: .35rem; }
.timeline svg { min-width: 30rem; max-width: 52rem; } .timeline rect { fill: var(--bar); }
.timeline .gap { fill: none; stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .6rem 0; }
summary { cursor: pointer; padding: .7rem 1.1rem; min-height: 24px; }
summary h3 { display: inline; font-size: 1.06rem; margin-right: .6rem; }
details[open] summary { border-bottom: 1px solid var(--line); }
.card { padding: .4rem 1.2rem 1.1rem; }
.two, .method { display: grid; gap: 0 2.4rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.two { align-items: center; border-bottom: 1px solid var(--line); padding-bottom: .8rem; }
.card { scroll-margin-top: 6rem; } .card dl { margin: 0; columns: 3 17rem; column-gap: 2.4rem; } .card dl div { break-inside: avoid; padding-top: .8rem; }
.card dt { margin-top: 0; }
.method { margin: 0; }
dt { font-weight: 600; margin-top: .8rem; } dd { margin: .1rem 0 0; max-width: 46rem; }
.back { padding: 0 1.2rem 1rem; margin: 0; }
.back a, .cards a { display: inline-block; min-height: 24px; }
.sources { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); padding: 0;
  margin: 1.2rem 0 0; list-style: none; }
.sources ul, .plain { padding-left: 1.2rem; margin: .5rem 0 0; }
.plain li { margin: .5rem 0; max-width: 46rem; }
.privacy { background: var(--wash); border-radius: 10px; padding: 1rem 1.2rem; margin-top: 3rem; }
.privacy h2 { margin: 0 0 .4rem; padding: 0; border: 0; font-size: 1.12rem; }
@media screen and (max-width: 52rem) {
  .portfolio, .portfolio tbody, .portfolio tr, .portfolio th, .portfolio td, .portfolio caption { display: block; border: 0;
  padding: 0; }
  .portfolio thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .portfolio tbody tr:not(.heading) { border: 1px solid var(--line); background: var(--card); border-radius: 10px;
  padding: .8rem 1rem; margin: .7rem 0; }
  .portfolio td { display: grid; grid-template-columns: minmax(6.5rem, 34%) 1fr; gap: .8rem; padding: .22rem 0;
  text-align: left; white-space: normal; }
  .portfolio tbody th[scope="row"] { width: auto; } .portfolio td .line { white-space: normal; }
  .portfolio .activity { min-width: 0; }
  .portfolio td::before { content: attr(data-label); color: var(--soft); font-size: .87rem; }
  .portfolio .rowgroup { padding: 1.2rem 0 .2rem; }
  .portfolio caption { padding-bottom: .4rem; }
}
@page { size: A4; margin: 17mm 15mm 18mm; @bottom-right { content: counter(page); font: 9pt "Liberation Sans", Arial,
  sans-serif; color: #59606a; } }
@media print {
  .activity { min-width: 0; }
  :root { --paper: #fff; --card: #fff; --ink: #14171a; --soft: #4b525a; --line: #cfcabd; --accent: #1e4d3a; --wash: #f4f2ec;
    --keep: #1f6344; --trial: #7a4f00; --read_only: #1b5488; --mute: #5d4a80; --leave: #963323; --cannot_judge: #4b525a;
    --bar: #1f6344; --others: #ccd5d0; --outline: #7c8b82; color-scheme: light; }
  html { font-size: 9.6pt; line-height: 1.42; } body { padding: 0; max-width: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .skip, nav, .back { display: none; }
  .top { padding-top: 0; } h2 { margin-top: 1.8rem; }
  h2, h3, caption, summary, thead, h2 + p, .heading, .two { break-after: avoid; }
  .box, tr, figure, .sources li, .decisions li, dl div, .two, summary { break-inside: avoid; }
  details { margin: .4rem 0 .9rem; } details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; } summary::-webkit-details-marker { display: none; }
  .decisions, .two, .method { grid-template-columns: 1fr 1fr; } .card { font-size: .9em; padding: .2rem .9rem .7rem; }
  .card dl { columns: 3; column-gap: 1.4rem; } .card dl div { padding-top: .5rem; } .months { max-width: 17rem; }
  thead { display: table-header-group; } p, li, dd { orphans: 3; widows: 3; }
  th, td { padding: .3rem .5rem .3rem 0; } table { font-size: .9em; } tbody th[scope="row"] { min-width: 0; width: 24%; }
  .spark { width: 92px; height: 21px; } .picture { padding: .5rem; } .picture svg { min-width: 0; }
  .new-page { break-before: page; } a { color: inherit; text-decoration: none; }
}
)css";
}

}  // namespace secateur::html
