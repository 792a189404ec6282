// The one scale of risk, of skills and of plans: 0 to this.
export const HIGHEST_RISK = 20;
