import { matchesGlob } from './glob.ts';

/** A request as policies see it: what is to be done, to what, and the context keys that came with it. */
export interface AccessRequest {
  /** `service:Operation`, such as `iam:GetUser`. */
  readonly action: string;
  /** The resource's ARN, or `*` for an action that has no resource, such as `iam:GetAccountSummary`. */
  readonly resource: string;
  /** Context keys; names are compared without regard to case. A list is a
   * multivalued key, which policies may only test with `ForAnyValue` or `ForAllValues`; an empty list is an absent key. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  /**
   * The keys whose presence and value the caller cannot know. Unset: `keys` is complete and any other key is absent.
   * `all-others`: every key neither in `keys` nor in `absentKeys`. A list names them, globs allowed (`aws:RequestTag/*`).
   */
  readonly unknownKeys?: 'all-others' | readonly string[] | undefined;
  /** The keys known to be absent although `unknownKeys` would cover them; globs allowed (`aws:PrincipalTag/*`). */
  readonly absentKeys?: readonly string[] | undefined;
}

/** What is known of a context key. Values are never an empty list. */
export type ContextValue =
  | { readonly state: 'present'; readonly values: readonly string[]; readonly multivalued: boolean }
  | { readonly state: 'absent' }
  | { readonly state: 'unknown' };

export interface RequestContext {
  readonly action: string;
  readonly resource: string;
  lookUp(key: string): ContextValue;
}

export function contextOf(request: AccessRequest): RequestContext {
  const present = new Map<string, ContextValue>();
  for (const [key, value] of Object.entries(request.keys)) {
    const values = typeof value === 'string' ? [value] : value;
    const known: ContextValue =
      values.length === 0 ? { state: 'absent' } : { state: 'present', values, multivalued: values === value };
    present.set(key.toLowerCase(), known);
  }
  const listed = (key: string, globs: readonly string[]) =>
    globs.some((glob) => matchesGlob(glob, key, { ignoreCase: true }));
  const { unknownKeys = [], absentKeys = [] } = request;
  return {
    action: request.action,
    resource: request.resource,
    lookUp(key) {
      const known = present.get(key.toLowerCase());
      if (known !== undefined) return known;
      if (listed(key, absentKeys)) return { state: 'absent' };
      return unknownKeys === 'all-others' || listed(key, unknownKeys) ? { state: 'unknown' } : { state: 'absent' };
    },
  };
}
