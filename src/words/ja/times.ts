import type { times as en } from '../en/times.ts';
import type { TimeUnit } from '../grammar.ts';
import { grammar } from './grammar.ts';

const units: Readonly<Record<TimeUnit, string>> = {
  year: '年',
  month: 'か月',
  day: '日',
  hour: '時間',
  minute: '分',
  second: '秒',
};

const span = (count: number, unit: TimeUnit): string => `${grammar.number(count)} ${units[unit]}`;
const shortSpan = (count: number, unit: TimeUnit): string => `${grammar.number(count)}${units[unit]}`;

export const times: typeof en = {
  ago: (count, unit) => (count < 0 ? `${span(-count, unit)}後` : `${span(count, unit)}前`),
  justNow: 'たった今',
  shortAgo: (count, unit) => (count < 0 ? `${shortSpan(-count, unit)}後` : `${shortSpan(count, unit)}前`),
  now: '今',
  seconds: (seconds) => `${grammar.seconds(seconds)} 秒`,
  minutes: (minutes, seconds) => `${grammar.number(minutes)} 分 ${seconds} 秒`,
  span,
};
