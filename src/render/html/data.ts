/** What the page's script is told, as JSON. The renderer makes it of the document; what is left out is not there. */
export interface PageData {
  /** BCP 47, for numbers and dates. */
  readonly locale: string;
  /** Paths of OUs; an account names one by its place here. */
  readonly units: readonly string[];
  readonly controls: readonly PageControl[];
  /** What accounts have in common: an account names one by its place here. */
  readonly assessments: readonly PageAssessment[];
  readonly hasJoined: boolean;
  readonly words: PageWords;
}

export const statuses = ['present', 'unknown', 'absent', 'skipped'] as const;
export type PageStatus = (typeof statuses)[number];

export const verdictNames = ['failed', 'unknown', 'not-assessed', 'not-applicable', 'passed'] as const;
export type PageVerdict = (typeof verdictNames)[number];

export interface PageControl {
  /** `CIS 7.0.0 2.4` */
  readonly label: string;
  readonly title: string;
}

/** Every control of an account, those with one verdict for one reason together. */
export type PageAssessment = readonly PageFinding[];
export interface PageFinding {
  readonly verdict: PageVerdict;
  readonly reason: string;
  /** Places in `controls`. */
  readonly controls: readonly number[];
}

/** Every text in it is visible text: nothing steers, nothing hides. */
export interface PageAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: PageStatus;
  /** Place in `units`. */
  readonly unit?: number;
  /** AWS's state of the account, where it is not `ACTIVE`. */
  readonly state?: string;
  /** Why it is unknown or skipped, and the cure. */
  readonly why?: string;
  readonly hint?: string;
  /** `2 access keys, password` */
  readonly held?: string;
  readonly warning?: string;
  readonly usedAt?: string;
  /** What stands for a time of last use that is not there: never, not known. */
  readonly use?: string;
  readonly joinedAt?: string;
  readonly joinedMethod?: string;
  readonly credentials?: readonly PageCredential[];
  readonly history?: readonly string[];
  /** Place in `assessments`. */
  readonly assessment?: number;
}

export interface PageCredential {
  readonly kind: string;
  readonly id?: string;
  readonly facts: readonly string[];
  readonly warning?: string;
}

/** Sentences of the page's script: `{name}` is filled in. */
export interface PageWords {
  readonly columns: {
    readonly account: string;
    readonly unit: string;
    readonly root: string;
    readonly credentials: string;
    readonly lastUsed: string;
    readonly joined: string;
  };
  readonly statuses: Readonly<Record<PageStatus, string>>;
  readonly verdicts: Readonly<Record<PageVerdict, string>>;
  readonly shown: string;
  readonly shownAll: string;
  readonly range: string;
  readonly none: string;
  readonly anyUnit: string;
  readonly withControl: string;
  readonly theme: { readonly dark: string; readonly light: string };
  readonly printed: string;
  readonly detail: {
    readonly id: string;
    readonly email: string;
    readonly unit: string;
    readonly state: string;
    readonly joined: string;
    readonly why: string;
    readonly hint: string;
    readonly credentials: string;
    readonly noCredentials: string;
    readonly controls: string;
    readonly history: string;
  };
}

/** Fills in `{name}`; what is filled in is not looked at again. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
