import type { Control, ControlMapping, Verdict } from '../../documents/index.ts';
import type { Site } from './site.ts';

/** Controls, as they are shown. */
export const frameworkLabel = ({ framework, version }: Pick<Control, 'framework' | 'version'>, _site: Site): string =>
  version === null ? framework : `${framework} ${version}`;
export const controlLabel = (control: Control, site: Site): string => `${frameworkLabel(control, site)} ${control.id}`;
export const controlTitle = ({ subject }: Control, _site: Site): string => subject;
export const reasonText = ({ reasonCode }: Verdict, _site: Site): string => reasonCode;
export const sourceText = ({ sources }: Control, _site: Site): string => sources.join(', ');
export const mappingTexts = ({ by, standard, subjects, ids }: ControlMapping, _site: Site) => ({
  by: `${by}`,
  standard,
  subjects: subjects?.join(', ') ?? null,
  ids: ids.join(', '),
});
