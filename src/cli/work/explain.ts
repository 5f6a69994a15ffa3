import { nearest } from '../../org/nearest.ts';
import { problemError } from '../../problems/index.ts';
import { exitCodes } from '../../process/exit-codes.ts';
import { renderExplanation, renderExplanations } from '../../render/index.ts';
import { explanationsIn, loadExplanations, type Words } from '../../words/index.ts';
import type { Desk } from '../desk.ts';

/** For people only: programs have `docs/errors.md` and the code itself. */
export async function explain(
  { output, speaker: { speech } }: Pick<Desk, 'output' | 'speaker'>,
  written: string | undefined,
): Promise<number> {
  output.formOf('explain');
  const words = await loadExplanations(languageOf(speech.words));
  const all = explanationsIn(words, speech);
  const sight = output.view();
  if (written === undefined) {
    output.write(renderExplanations(all, words, sight, 'rootctl explain CODE'));
    return exitCodes.done;
  }
  const found = all.find(({ code }) => code.toLowerCase() === written.toLowerCase());
  if (found === undefined) {
    const near = nearest(written, all, ({ code }) => code);
    throw problemError('UnknownCode', { code: written, near: near?.code ?? null });
  }
  output.write(renderExplanation(found, words, sight));
  return exitCodes.done;
}

const languageOf = ({ language }: Words) => (language === 'ja' ? 'ja' : 'en');
