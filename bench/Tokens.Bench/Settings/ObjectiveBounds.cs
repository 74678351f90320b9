namespace Tokens.Bench.Settings;

/// <summary>The bounds of the objectives.</summary>
internal sealed record ObjectiveBounds
{
    private const int MinuteMs = 60_000;

    /// <summary>Milliseconds within which 99 of 100 webhooks are answered.</summary>
    public int WebhookMsMax { get; init; } = 50;

    /// <summary>Of a hundred purchases while Stripe errs, how many are paid at once.</summary>
    public int PaidPercentMin { get; init; } = 90;

    /// <summary>Milliseconds until the last of these is answered.</summary>
    public int PurchaseMsMax { get; init; } = 8_000;

    /// <summary>Microseconds by which the refusals of different codes may differ.</summary>
    public int RefusalMicrosecondsMax { get; init; } = 1_000;

    /// <summary>Milliseconds from a kill until the product is ready again.</summary>
    public int ReadyMsMax { get; init; } = 5_000;

    /// <summary>Milliseconds of the first tip then.</summary>
    public int FirstTipMsMax { get; init; } = 1_000;

    /// <summary>Of a hundred commits of the ledger, how many analytics has counted within two seconds.</summary>
    public int CountedPercentMin { get; init; } = 99;

    /// <summary>Milliseconds that slow clients at other addresses add to the median of a member's calls.</summary>
    public int SlowerMsMax { get; init; } = 50;

    internal static ObjectiveBounds Read(OptionReader options)
    {
        var usual = new ObjectiveBounds();
        return new ObjectiveBounds
        {
            WebhookMsMax = options.Number("--webhook-ms-max", usual.WebhookMsMax, 0, MinuteMs),
            PaidPercentMin = options.Number("--paid-percent-min", usual.PaidPercentMin, 0, 100),
            PurchaseMsMax = options.Number("--purchase-ms-max", usual.PurchaseMsMax, 0, MinuteMs),
            RefusalMicrosecondsMax = options.Number("--refusal-us-max", usual.RefusalMicrosecondsMax, 0, 1_000_000),
            ReadyMsMax = options.Number("--ready-ms-max", usual.ReadyMsMax, 0, MinuteMs),
            FirstTipMsMax = options.Number("--first-tip-ms-max", usual.FirstTipMsMax, 0, MinuteMs),
            CountedPercentMin = options.Number("--counted-percent-min", usual.CountedPercentMin, 0, 100),
            SlowerMsMax = options.Number("--slower-ms-max", usual.SlowerMsMax, 0, MinuteMs),
        };
    }
}
