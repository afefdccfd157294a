import { compose } from '../core/compose.ts'
import type { Dialog, Stage, TurnContext } from '../core/turn.ts'
import { afterCaseDialog } from './after-case.ts'
import { answerStage } from './answer.ts'
import { answeringInPrivate } from './answer-in-private.ts'
import { changedStage } from './changed.ts'
import { claimStage } from './claim.ts'
import { commandsStage } from './commands.ts'
import { correctClaimStage } from './correct-claim.ts'
import { crisisStage } from './crisis.ts'
import { crisisClockStage } from './crisis-clocks.ts'
import { crisisTalk } from './crisis-talk.ts'
import { feedbackStage } from './feedback.ts'
import { findOthersDialog } from './find-others.ts'
import { beginStage, resumeStage } from './frames.ts'
import { handoffDialog } from './handoff.ts'
import { clockStage, overtakenStage, settledStage } from './inbox-stages.ts'
import { introduceStage } from './introduce.ts'
import type { DialogKit } from './kit.ts'
import { lossDialog } from './loss.ts'
import { eraseDialog, knowDialog } from './my-data.ts'
import { otherMinorStage } from './other-minor.ts'
import { escalatedOnly, ownWordsOnly } from './others-words.ts'
import { previewingNothing } from './quiet-preview.ts'
import { recallStage, withRecall } from './recall.ts'
import { repairStage } from './repair.ts'
import { countryDialog, languageDialog } from './settings.ts'
import { movePrivateStage, removalStage, withRemovalHint } from './shared-place.ts'
import { staffActionStage } from './staff-action.ts'
import { staffModeStage } from './staff-mode.ts'
import { stopDialog } from './stop.ts'
import { unreadStage } from './unread.ts'

/**
 * The order is the policy. What is not a message goes to its own stage; what was deleted or says nothing new ends
 * there; for other messages danger comes first, then commands, then silence while a person owns the conversation, then
 * dialogs, then corrections and answers, then honesty. Somebody else's words command nothing and answer no question.
 */
export function createPipeline(kit: DialogKit) {
  const handoff = handoffDialog(kit)
  const dialogs: readonly Dialog[] = [
    crisisTalk(kit),
    lossDialog(kit),
    knowDialog(kit),
    eraseDialog(kit),
    stopDialog(kit),
    countryDialog(kit),
    languageDialog(kit),
    handoff,
    afterCaseDialog(kit),
    findOthersDialog(kit),
  ]
  const stages: readonly Stage[] = [
    staffActionStage(kit),
    settledStage(kit),
    clockStage(kit),
    recallStage(kit),
    crisisClockStage(kit),
    changedStage(),
    crisisStage(kit),
    overtakenStage(kit),
    ownWordsOnly(commandsStage(kit)),
    staffModeStage(),
    introduceStage(kit),
    ownWordsOnly(resumeStage(dialogs)),
    ownWordsOnly(beginStage(dialogs)),
    escalatedOnly(beginStage([handoff])),
    ownWordsOnly(feedbackStage(kit)),
    movePrivateStage(kit),
    removalStage(kit),
    claimStage(kit),
    ownWordsOnly(otherMinorStage(kit)),
    unreadStage(kit),
    correctClaimStage(kit),
    answerStage(kit),
    repairStage(kit),
  ]
  const run = compose(stages)
  return async (given: TurnContext) => {
    const heard = await answeringInPrivate(kit, dialogs, given)
    const { turn, end } = withRemovalHint(kit, previewingNothing(kit, heard))
    const result = await withRecall(kit, turn, () => run(turn))
    end()
    return result
  }
}
