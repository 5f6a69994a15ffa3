import { type Element, h } from './element.ts';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': 2,
  'stroke-linecap': 'round',
  'stroke-linejoin': 'round',
};
const line = (d: string): Element => h('path', { d, ...stroke });
const circle = h('circle', { cx: 8, cy: 8, r: 6.5, ...stroke, 'stroke-width': 1.5 });
const [cross, tick, dash] = [
  line('M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6'),
  line('M4.8 8.3l2.2 2.2 4.3-4.8'),
  line('M5 8h6'),
];
const question = line('M6 6.2a2 2 0 1 1 2.9 1.9c-.6.3-.9.6-.9 1.3M8 11.6v.1');
const triangle = line('M8 2.2L14.3 13.4H1.7zM8 6.4v3.2M8 11.5v.1');

/** Drawn once, used by name; a word always stands beside them. */
const shapes: Readonly<Record<string, readonly Element[]>> = {
  present: [circle, cross],
  unknown: [circle, question],
  absent: [circle, tick],
  skipped: [circle, dash],
  'verdict-failed': [circle, cross],
  'verdict-unknown': [circle, question],
  'verdict-passed': [circle, tick],
  'verdict-not-applicable': [circle, dash],
  'verdict-not-assessed': [circle, dash],
  'answer-good': [circle, tick],
  'answer-bad': [circle, cross],
  'answer-open': [circle, question],
  warning: [triangle],
  chevron: [line('M6 3.5L10.5 8 6 12.5')],
  sort: [line('M5 6.2L8 3l3 3.2M5 9.8L8 13l3-3.2')],
  theme: [
    h('circle', { cx: 8, cy: 8, r: 6, ...stroke }),
    h('path', { d: 'M8 2a6 6 0 0 1 0 12z', fill: 'currentColor' }),
  ],
  print: [line('M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z')],
  search: [h('circle', { cx: 7, cy: 7, r: 4.5, ...stroke }), line('M10.5 10.5L14 14')],
};

export const iconDefinitions = (): Element =>
  h(
    'svg',
    { class: 'definitions', width: 0, height: 0, 'aria-hidden': 'true', focusable: 'false' },
    Object.entries(shapes).map(([name, parts]) => h('symbol', { id: `icon-${name}`, viewBox: '0 0 16 16' }, parts)),
  );

/** Of the tab; in the address itself, so that nobody is asked for it. */
export const favicon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3.5" fill="#1f4f8f"/><path d="M5.5 8.5h5M5.8 8.5V6.4a2.2 2.2 0 0 1 4.4 0v2.1" fill="none" stroke="#fff" stroke-width="1.5"/><rect x="4.5" y="7.7" width="7" height="5" rx="1" fill="#fff"/></svg>',
)}`;
