import {colorSpaceFigure} from './lib/figures/colorSpaceFigure';
import {exportFigure} from './lib/figures/exportFigure';
import {closeBrowser} from './lib/figures/browser';
import {published} from './lib/studies/publish';
import {spaceTitle, type ColorSpaceRow} from './lib/studies/colorSpaceStudy';
import {meanInterval} from './lib/analysis/meanInterval';
(async () => { const {rows, baselines} = published<ColorSpaceRow>('color-spaces', 'drawn-emoji-32-default');
const f = colorSpaceFigure(rows, {baselines}); console.log(f.caption);
const of = (s: string, g: (r: ColorSpaceRow) => number) => rows.filter(r => r.space === s).sort((a, b) => a.seed - b.seed).map(g);
for (const s of new Set(rows.map(r => r.space))) { const m = (g: (r: ColorSpaceRow) => number) => { const i = meanInterval(of(s, g)); return `${i.mean.toFixed(2)} (${i.low.toFixed(2)} ${i.high.toFixed(2)})`; };
 const d = (g: (r: ColorSpaceRow) => number) => { const a = of(s, g), b = of('rgb', g); const i = meanInterval(a.map((x, k) => x - b[k]!)); return `${i.mean.toFixed(1)} (${i.low.toFixed(1)} ${i.high.toFixed(1)})`; };
 console.log(spaceTitle(s), 'I', m(r => r.information), 'DV', m(r => r.donskerVaradhan), 'knn', m(r => 100 * r.last.knn), d(r => 100 * r.last.knn), 'lin', m(r => 100 * r.last.linear), d(r => 100 * r.last.linear), 'earth', m(r => 100 * r.transfer.earth!.linear), d(r => 100 * r.transfer.earth!.linear)); }
await exportFigure(f, '/tmp/fig/colors.png'); await closeBrowser(); })();
