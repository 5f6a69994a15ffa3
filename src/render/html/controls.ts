import type { Control } from '../../documents/index.ts';
import { type Assessments, byFramework } from './assessments.ts';
import { controlLabel, controlTitle, frameworkName, mappingRow, reasonText, sourceText } from './control-words.ts';
import { type PageVerdict, verdictNames } from './data.ts';
import { type Child, type Element, h } from './element.ts';
import { verdictMark } from './rows.ts';
import type { Site } from './site.ts';
import { listTable, type Section } from './tables.ts';

/** Every control with what it comes to over all accounts, and where it was read. */
export function controlsSection(assessments: Assessments, site: Site): Section | null {
  const { document, page } = site;
  const { controls } = page;
  if (document.controls.length === 0) return null;
  const groups = byFramework(document.controls);
  return {
    id: 'controls',
    title: controls.heading,
    content: [
      h('p', { class: 'intro' }, controls.intro),
      isListed(site)
        ? null
        : h('p', { class: 'intro' }, controls.managementToo(site.document.organization.managementAccountId)),
      groups.map((group, index) =>
        // Of several versions the latest is open at once: it comes first.
        frameworkBlock(group, group[0]?.framework !== groups[index - 1]?.[0]?.framework, assessments, site),
      ),
      mappingsBlock(site),
      disagreements(site),
    ],
  };
}

/** The management account's root user is judged whatever was selected, if it was read. */
const isListed = ({ document: { accounts, managementAccount, organization } }: Site): boolean =>
  managementAccount === null || accounts.some(({ id }) => id === organization.managementAccountId);

/** Where scanners judge otherwise once the credentials are gone. */
const disagreements = ({ page, words }: Site): Element =>
  h(
    'div',
    { class: 'disagreements' },
    h('h3', {}, page.controls.disagreements),
    h(
      'ul',
      { class: 'quiet' },
      words.controls.disagreements.map((line) => h('li', {}, line)),
    ),
  );

function frameworkBlock(
  group: readonly Control[],
  isOpen: boolean,
  assessments: Assessments,
  site: Site,
): Element | null {
  const [first] = group;
  if (first === undefined) return null;
  const { page } = site;
  const { columns, caption } = page.controls;
  const name = frameworkName(first, site);
  const headings = [
    { text: columns.control },
    { text: columns.asks },
    ...verdictNames.map((verdict) => ({ text: site.words.controls.verdicts[verdict], isNumber: true })),
  ];
  const rows = group.map((control): readonly Child[] => [
    h('code', {}, control.id),
    [controlTitle(control, site), organizationVerdict(control, assessments, site)],
    ...verdictNames.map((verdict) => countCell(control, verdict, assessments, site)),
  ]);
  return h(
    'details',
    { class: 'framework', open: isOpen },
    h('summary', {}, h('h3', {}, name)),
    h('p', { class: 'quiet' }, page.controls.readFrom(sourcesOf(group, site))),
    listTable(caption(name), headings, rows),
  );
}

/** Whose numbers they are: of one framework mostly the same. */
const sourcesOf = (group: readonly Control[], site: Site): string =>
  [...new Set(group.map((control) => sourceText(control, site)))].join('; ');

function countCell(control: Control, verdict: PageVerdict, { counts, organization }: Assessments, site: Site): Child {
  const own = organization.get(control.key);
  const count = (counts.get(control.key)?.[verdict] ?? 0) - (own?.verdict === verdict ? 1 : 0);
  const text = site.words.grammar.number(count);
  if (count === 0) return h('span', { class: 'zero' }, text);
  const { page, document } = site;
  return h(
    'a',
    {
      href: '#accounts',
      class: `verdict-${verdict}`,
      'data-control': document.controls.indexOf(control),
      'data-verdict': verdict,
      'aria-label': page.controls.show(text, site.words.controls.verdicts[verdict], controlLabel(control, site)),
    },
    text,
  );
}

function organizationVerdict({ key }: Control, { organization }: Assessments, site: Site): Child {
  const own = organization.get(key);
  if (own === undefined) return null;
  const { page } = site;
  return h(
    'span',
    { class: 'under' },
    `${page.controls.organizationWide} `,
    verdictMark(own.verdict, site.words.controls.verdicts),
    ` ${reasonText(own, site)}`,
  );
}

function mappingsBlock(site: Site): Element | null {
  const { mappings } = site.document;
  const { controls } = site.page;
  if (mappings.length === 0) return null;
  const { standard, subject, ids, by } = controls.mapping;
  const rows = mappings.map((mapping) => mappingRow(mapping, site));
  return h(
    'details',
    { class: 'framework' },
    h('summary', {}, h('h3', {}, controls.mappings)),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': controls.mappings },
      listTable(
        controls.mappings,
        [standard, subject, ids, by].map((text) => ({ text })),
        rows,
      ),
    ),
  );
}
