namespace Tokens.Payments;

/// <summary>The ids of the messages that payments logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int PurchaseFlowLeftOpen = 4001;
    internal const int PurchaseFlowTakenOver = 4002;
    internal const int PurchaseChargeNewKey = 4011;
    internal const int PurchaseChargeInvalid = 4012;
    internal const int PurchaseChargeNotShown = 4013;
    internal const int ClientSecretsMissing = 4021;
    internal const int SettlementWorkerDelayed = 4031;
    internal const int SettlementWorkerPutOff = 4032;
    internal const int SettlementWorkerParked = 4033;
    internal const int PurchaseStepsParked = 4041;
    internal const int PurchaseStepsLate = 4042;
    internal const int PurchaseNewsRace = 4051;
    internal const int PurchaseAnswersLeftOpen = 4061;
    internal const int EventInboxNoSecret = 4101;
    internal const int SignedEventsUnknownShape = 4141;
    internal const int SignedEventsIncomplete = 4142;
    internal const int EventEffectUnknown = 4111;
    internal const int EventWorkerNotTaken = 4121;
    internal const int EventWorkerPutOff = 4122;
    internal const int EventWorkerFailed = 4123;
    internal const int EventWorkerParked = 4124;
    internal const int EventWorkerNotEnded = 4125;
    internal const int EventCleanupDelayed = 4131;
    internal const int RefillOutcomesDisabled = 4201;
    internal const int RefillWorkerDelayed = 4202;
    internal const int RefillWorkerFailed = 4203;
    internal const int MethodCallsRefused = 4301;
    internal const int StripeCustomersNewKey = 4311;
    internal const int StripeCustomersReplaced = 4312;
    internal const int RepeatedMethodsKept = 4321;
    internal const int AttachedMethodsCut = 4331;
}
