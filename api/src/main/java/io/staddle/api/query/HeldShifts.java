package io.staddle.api.query;

import io.staddle.api.refusal.Refusal;

/// What of a plan cannot begin now.
///
/// @param moves how many moves it holds back; 0 if there is none that could be made later
/// @param why what the first of them would be refused with
public record HeldShifts(int moves, Refusal why) {}
