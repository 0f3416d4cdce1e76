// Numbers as the page's language writes them: thousands grouped, the decimal sign, a true minus sign. Formatters are
// kept, because making one costs far more than using it. For people only: links, files and what is typed into a
// setting have JavaScript's form in every language.
import { once } from '../math/once.ts';
import { language } from './language.ts';

const MINUS = '−';

/** How one language writes numbers. */
export interface NumberWriter {
  /** 41200 → "41,200", rounded as Math.round does; a true minus sign for what is below 0. */
  groupThousands(value: number): string;
  /** Digits that JavaScript wrote without grouping ("0.0048"), with the language's decimal sign. */
  decimal(written: string): string;
}

/** What JavaScript writes in the same way, once thousands are parted by commas. A test asks Intl whether that is so. */
const AS_JAVASCRIPT = 'en';
/** JavaScript writes every whole number below digit by digit, without an exponent. */
const PLAIN_BELOW = 2 ** 53;
const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/**
 * The writer of a language (BCP 47 tag). Throws at first use where the tag is none. Its formatters are made when a number
 * needs them, in English hardly ever: a browser takes 20 ms and more to prepare its first, in the middle of the page's
 * first frame.
 */
export function numberWriter(tag: string): NumberWriter {
  const whole = once(() => new Intl.NumberFormat(tag, { maximumFractionDigits: 0, signDisplay: 'never' }));
  const sign = once(() => (tag === AS_JAVASCRIPT ? '.' : decimalSign(tag)));
  const magnitude = (value: number) =>
    tag === AS_JAVASCRIPT && value < PLAIN_BELOW
      ? String(value).replace(THOUSANDS, ',')
      : whole().format(value);
  return {
    groupThousands(value) {
      const digits = magnitude(Math.abs(Math.round(value)));
      return value < 0 ? `${MINUS}${digits}` : digits;
    },
    decimal: (written) => written.replace('.', sign()),
  };
}

function decimalSign(tag: string): string {
  const parts = new Intl.NumberFormat(tag, { minimumFractionDigits: 1 }).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}

/** In the page's language. */
export const { groupThousands, decimal } = numberWriter(language);
