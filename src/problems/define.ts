import type { Fields } from './fields.ts';
import type { Entry } from './registry.ts';

/** Says what a problem carries, whose move it is and how a command ends with it. */
export const define = <Shape extends Fields>(data: Shape, about: Omit<Entry<Shape>, 'data'>): Entry<Shape> => ({
  data,
  ...about,
});
