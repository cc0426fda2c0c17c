// Keeps a busy server from keeping the page busy.

/** Makes `act` run at once, then at most once in `pauseMs`, never twice at a time, and always after the last call. */
export function paced(act, pauseMs) {
  let isRunning = false;
  let isAskedAgain = false;
  return async () => {
    isAskedAgain = true;
    if (isRunning) {
      return;
    }
    isRunning = true;
    try {
      while (isAskedAgain) {
        isAskedAgain = false;
        await act();
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } finally {
      isRunning = false;
    }
  };
}

/** Calls `act` once, when nothing was typed for `pauseMs`. */
export function settled(act, pauseMs) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, pauseMs);
  };
}
