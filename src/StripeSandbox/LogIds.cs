namespace Tokens.StripeSandbox;

/// <summary>The ids of the messages that the sandbox logs. An id is never given to another message: dashboards and searches name them.</summary>
internal static class LogIds
{
    internal const int ErrorAnswersFailed = 1;
    internal const int ErrorAnswersCallerGone = 2;
    internal const int FaultStartOn = 3;
    internal const int WebhookSenderFails = 4;
    internal const int WebhookSenderBack = 5;
    internal const int WebhookDelivererRoundFailed = 6;
    internal const int WebhookDelivererAttemptFailed = 7;
    internal const int WebhookDelivererGivenUp = 8;
    internal const int WebhookDelivererCutShort = 9;
}
