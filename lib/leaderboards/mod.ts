export {
  type Board,
  BOARDS,
  hasPeriod,
  type Period,
  PERIODS,
} from "./boards.ts";
export {
  getGuildPlace,
  getLeaderboard,
  getOwnPlace,
  type Leaderboard,
  type Place,
  SHOWN,
} from "./leaderboard.ts";
