// The Earth by day as one large image, and the parts of continents that patches are cut out of.

import {earthChecksum, earthMaps} from './earthSources';
import {largeImages, type LargeArea, type LargeImages} from '../largeImages';

type Degrees = {south: number; north: number; west: number; east: number; side: 'pretrain' | 'test'};

/**
 * Rectangles that are mostly land, without the far north, where the map is stretched most and
 * white: what lies in one is at least 569 pixels tall and 478 wide. South America is held out.
 */
const continents: readonly Degrees[] = [
  // Europe, Asia, the north of Africa
  {south: 10, north: 60, west: -15, east: 140, side: 'pretrain'},
  {south: -40, north: 10, west: 8, east: 50, side: 'pretrain'}, // the south of Africa
  {south: 10, north: 60, west: -125, east: -65, side: 'pretrain'}, // North America
  {south: -40, north: 10, west: -80, east: -35, side: 'test'}, // South America
];

/**
 * Loads the map [2048, 4096, 3], 9.8 km a pixel at the equator; needs no download. It is the map as
 * drawn, in equal steps of longitude and latitude: at 60° everything is twice as wide as on the
 * ground (the patches of `earth` are without that stretch).
 */
export async function largeEarth(): Promise<LargeImages> {
  const {
    day: {pixels, height, width},
  } = await earthMaps();
  const on = (side: Degrees['side']) =>
    continents.filter(continent => continent.side === side).map(continent => areaOf(continent, height, width));
  return largeImages({
    name: 'large-earth',
    images: [{name: 'the Earth by day', pixels, height, width}],
    areas: {pretrain: on('pretrain'), test: on('test')},
    license: 'free use with credit (NASA)',
    credit: 'Earth by day: Blue Marble, NASA Earth Observatory',
    checksum: earthChecksum(),
  });
}

function areaOf({south, north, west, east}: Degrees, height: number, width: number): LargeArea {
  const [top, bottom] = [90 - north, 90 - south].map(degrees => Math.round((degrees / 180) * height));
  const [left, right] = [west + 180, east + 180].map(degrees => Math.round((degrees / 360) * width));
  return {image: 0, top: top!, left: left!, height: bottom! - top!, width: right! - left!};
}
