// Everything that the audit ever says was done. A name that is not here is a slip: nothing of it would be found.

export const AUDIT_ACTIONS = [
  ...["approval.approve", "approval.decide", "approval.deny", "approval.expire", "approval.link"],
  ...["approval.unlinked"],
  ...[
    "breaker.close",
    "breaker.open",
    "breaker.reset",
    "budget.acknowledge_overrun",
    "budget.change",
    "budget.overrun",
    "call.refuse",
  ],
  ...["key.add", "key.revoke", "key.rotate", "ledger.correct", "ledger.rebuild", "limit.change"],
  ...["model.price", "pause", "registry.put", "resume", "run.answer", "run.cancel", "run.fail"],
  ...["run.refuse", "run.resolve", "schedule.add", "schedule.change", "schedule.drop", "schedule.enable"],
  ...["schedule.take_over", "secret.drop", "secret.set", "skill.deprecate", "skill.undeprecate"],
  ...["system.pause", "system.resume", "table.drop", "table.import", "tenant.add", "tenant.erase"],
  ...["user.add", "user.change", "user.remove", "vault.rotate"],
  ...["webhook.add", "webhook.change", "webhook.drop", "webhook.secret", "webhook.take_over"],
];
