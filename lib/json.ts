/** Plain data, as JSON holds it. */
export type Json = string | number | boolean | null | Json[] | {[name: string]: Json | undefined};
