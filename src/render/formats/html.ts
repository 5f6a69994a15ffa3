import { loadReportPage } from '../../words/index.ts';
import { cannotRender, type Format } from './format.ts';

/** One page that needs nothing beside it: no network, nothing that runs but its own script. */
export const html: Format = {
  kinds: ['rootctl.report'],
  endings: ['.html', '.htm'],
  namesUnits: true,
  load: async ({ speech }) => {
    const [{ renderReportPage }, words] = await Promise.all([
      import('../html/report.ts'),
      loadReportPage(speech.words.language),
    ]);
    return (document, view) =>
      document.kind === 'rootctl.report' ? renderReportPage(document, view, words) : cannotRender('html', document);
  },
  render: (document) => cannotRender('html', document),
};
