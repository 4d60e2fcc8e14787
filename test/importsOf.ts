// Which modules a source file imports.

const patterns = [
  /(?:^|\s)(?:import|export)\s[^'"]*?from\s+'([^']+)'/gm,
  /import\(\s*'([^']+)'\s*\)/gm,
  /require\(\s*'([^']+)'\s*\)/gm,
  /^import '([^']+)'/gm,
];

/** Specifiers as they are written, types included. */
export const importsOf = (source: string): string[] =>
  patterns.flatMap(pattern => [...source.matchAll(pattern)].map(([, target]) => target!));
