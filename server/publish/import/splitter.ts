import { UnusableFile } from './problem.ts';

/** One JSON record as text, with the line where it begins. */
export type JsonText = { readonly line: number; readonly text: string };

export const RECORD_CHARS_MAX = 1_000_000;

/** Splits JSON Lines; empty lines are nothing. */
export function jsonLinesReader() {
  let line = 1;
  let rest = '';

  function take(text: string, done: JsonText[]): void {
    if (text.trim() !== '') done.push({ line, text });
    line++;
  }

  return {
    push(text: string): JsonText[] {
      const done: JsonText[] = [];
      let from = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
        take(rest + text.slice(from, end), done);
        rest = '';
        from = end + 1;
      }
      rest += text.slice(from);
      if (rest.length > RECORD_CHARS_MAX) throw new UnusableFile(line, 'record_too_long', { max: RECORD_CHARS_MAX });
      return done;
    },
    end(): JsonText[] {
      const done: JsonText[] = [];
      take(rest, done);
      return done;
    },
  };
}

/**
 * Splits one JSON array into the texts of its elements without reading it whole.
 *
 * Only brackets and strings are followed; whether an element is JSON is found when it is parsed, so a broken element
 * spoils itself alone. An element that never ends gives up the file with the line where it began.
 */
export function jsonArrayReader() {
  let line = 1;
  let state: 'before' | 'between' | 'inside' | 'after' = 'before';
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let elementLine = 1;
  let text = '';

  function finish(done: JsonText[]): void {
    if (text.trim() !== '') done.push({ line: elementLine, text });
    text = '';
  }

  return {
    push(chunk: string): JsonText[] {
      const done: JsonText[] = [];
      let from = state === 'inside' ? 0 : -1;
      for (let i = 0; i < chunk.length; i++) {
        const char = chunk[i]!;
        if (char === '\n') line++;
        if (state === 'inside') {
          if (isString) {
            if (isEscaped) isEscaped = false;
            else if (char === '\\') isEscaped = true;
            else if (char === '"') isString = false;
          } else if (char === '"') isString = true;
          else if (char === '{' || char === '[') depth++;
          else if ((char === '}' || char === ']') && depth > 0) depth--;
          else if (depth === 0 && (char === ',' || char === ']')) {
            text += chunk.slice(from, i);
            from = -1;
            finish(done);
            state = char === ',' ? 'between' : 'after';
          }
        } else if (/\s/.test(char)) continue;
        else if (state === 'before' && char === '[') state = 'between';
        else if (state === 'between' && char === ']') state = 'after';
        else if (state === 'between') {
          state = 'inside';
          elementLine = line;
          from = i;
          isString = char === '"';
          if (char === '{' || char === '[') depth++;
        } else
          throw new UnusableFile(line, 'json_broken', { reason: state === 'after' ? `${char} after the array` : char });
      }
      if (state === 'inside' && from !== -1) text += chunk.slice(from);
      if (text.length > RECORD_CHARS_MAX) {
        throw new UnusableFile(elementLine, 'json_unfinished', { line: elementLine });
      }
      return done;
    },
    end(): JsonText[] {
      if (state === 'after') return [];
      throw new UnusableFile(state === 'inside' ? elementLine : line, 'json_unfinished', {
        line: state === 'inside' ? elementLine : line,
      });
    },
  };
}
