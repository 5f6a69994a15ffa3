/** A memory that forgets everything when it is full: bounded, and nothing to keep in order. */
export function createCache<T>(countMax = 20_000): {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
} {
  const values = new Map<string, T>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      if (values.size >= countMax && !values.has(key)) values.clear();
      values.set(key, value);
    },
  };
}
