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

export const times: typeof en = {
  ago: (count, unit) => grammar.ago(count, unit),
  justNow: 'たった今',
  shortAgo: (count, unit) => grammar.shortAgo(count, unit),
  now: '今',
  seconds: (seconds) => `${grammar.seconds(seconds)} 秒`,
  minutes: (minutes, seconds) => `${grammar.number(minutes)} 分 ${seconds} 秒`,
  span: (count, unit) => `${grammar.number(count)} ${units[unit]}`,
};
