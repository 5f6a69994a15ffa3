export { type Judged, verdictsOf } from './judge.ts';
export { controlMappings, controlsOf, type FrameworkName, frameworkNames, isFrameworkName } from './table.ts';
