import { type ManagementAccountEntry, wasCutShort } from '../../documents/index.ts';
import { managementHoldings } from '../management.ts';
import { type Child, type Element, h, icon } from './element.ts';
import type { Site } from './site.ts';

/** Good only where all was read and nothing found; what is not known outweighs everything but what was found. */
export type Answer = 'good' | 'bad' | 'open';

/** The first thing on the page: whether the root credentials are gone, in a word and a sentence. */
export function verdictSection(site: Site): Element {
  const { page, words } = site;
  const answer = answerOf(site);
  return h(
    'section',
    { class: `verdict ${answer}`, 'aria-labelledby': 'verdict-heading' },
    h('p', { class: 'question' }, page.question),
    h(
      'h1',
      { id: 'verdict-heading' },
      icon(`answer-${answer}`),
      h('span', {}, h('strong', {}, page.answers[answer]), words.shared.betweenSentences, sentenceOf(site)),
    ),
    incompleteNote(site),
    factList(site),
  );
}

function answerOf({ document: { complete, summary } }: Site): Answer {
  if (summary.present > 0) return 'bad';
  return complete && summary.unknown === 0 && summary.accounts > summary.skipped ? 'good' : 'open';
}

export function sentenceOf({ document: { complete, summary }, view, page }: Site): string {
  const { present, unknown } = summary;
  const looked = summary.accounts - summary.skipped;
  const whose = view.selection ?? 'all';
  const counts = { present, unknown, looked };
  const { verdict } = page;
  if (!complete) {
    if (present > 0) return verdict.presentSoFar(counts, whose);
    return unknown > 0 ? verdict.unknownSoFar(counts, whose) : verdict.cutShort(looked, whose);
  }
  if (looked === 0) return verdict.nobody;
  if (present > 0) return unknown > 0 ? verdict.presentAndUnknown(counts, whose) : verdict.present(counts, whose);
  return unknown > 0 ? verdict.unknown(counts, whose) : verdict.clean(looked, whose);
}

/** What is missing, as every form of a reading says it. */
function incompleteNote({ document, view, words }: Site): Element | null {
  if (document.complete) return null;
  const { missing, notComplete } = words.opening;
  const untold = document.accounts.filter(wasCutShort).length;
  const what = missing.accounts(untold, document.accounts.length, 'read', view.listing === 'ended');
  return h('p', { class: 'notice' }, icon('warning'), notComplete(what));
}

function factList(site: Site): Element {
  const { document, page, words, dates } = site;
  const { organization, centralizedRootAccess: access } = document;
  const { facts } = page;
  const { opening } = words;
  const switches = [
    facts.trustedAccess(opening.onOff(access.trustedAccess)),
    opening.rootCredentialsManagement(access.rootCredentialsManagement),
    opening.rootSessions(access.rootSessions),
  ];
  const rows: readonly (readonly [string, Child])[] = [
    [facts.organization, h('code', {}, organization.id)],
    [facts.readAt, `${dates.time(document.generatedAt)} · ${facts.version(document.rootctlVersion)}`],
    [facts.completeness, document.complete ? facts.complete : facts.cutShort],
    [facts.access, switches.join(' · ')],
    [facts.managementAccount, managementFacts(organization.managementAccountId, document.managementAccount, site)],
    [facts.readBy, h('code', {}, organization.callerArn)],
  ];
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([title, text]) => h('div', {}, h('dt', {}, title), h('dd', {}, text))),
  );
}

function managementFacts(id: string, entry: ManagementAccountEntry | null, { page, view }: Site): Child {
  if (entry === null) return [h('code', {}, id), ` · ${page.facts.notRead}`];
  const parts = managementHoldings(entry, view).map(
    ({ text, isFault }): Child =>
      isFault ? [' · ', h('span', { class: 'warning' }, icon('warning'), text)] : ` · ${text}`,
  );
  return [h('code', {}, id), ...parts];
}
