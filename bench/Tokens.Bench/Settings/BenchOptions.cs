namespace Tokens.Bench.Settings;

/// <summary>What the command line asks for.</summary>
internal abstract record BenchOptions
{
    internal const string Usage = """
        ./bench.sh              run, then objectives, with the options of both
          --only webhooks       the cases and objectives with that in their name

        ./bench.sh run          the product beside raw PostgreSQL
          --rounds 5            rounds, in each of which all cases take their turn (1-100)
          --seconds 5           measured seconds a case (1-600)
          --warm-up 1           seconds before that, not measured (0-60)
          --members 1000        fans, and as many creators (2-1,000)
          --postings 500        batches of one a round, for what the ledger adds (10-100,000)
          --only tips           the cases with that in their name, and the figures that need no other

        ./bench.sh objectives   response times against fixed bounds: webhooks, purchases, refused codes, restarts, analytics
          --rounds 5                    how often each is measured (1-100)
          --seconds 5                   seconds of those that are a load (1-600)
          --only webhooks               the objectives with that in their name
          --webhook-ms-max 50           within which 99 of 100 webhooks are answered, at 1,000 a second (0-60,000)
          --paid-percent-min 90         purchases that are paid at once while 30 of 100 calls to Stripe fail (0-100)
          --purchase-ms-max 8000        within which all of these are answered (0-60,000)
          --refusal-us-max 1000         by which refusals of unknown, used and expired codes differ (0-1,000,000)
          --ready-ms-max 5000           from a kill until the product is ready again (0-60,000)
          --first-tip-ms-max 1000       of the first tip then (0-60,000)
          --counted-percent-min 99      commits that analytics has counted within 2 s, at 1,000 tips a second (0-100)
          --slower-ms-max 50            that 1,600 slow clients add to the median of a member's calls (0-60,000)

        ./bench.sh fill         a long history: its pages and the ledger's verification while tips go on
          --account-transfers 1000000   transfers of one account (1,000-100,000,000)
          --transfers 10000000          transfers of the whole ledger, at least 1.25 times as many (2,000-1,000,000,000)
          --repeats 50                  how often each page is asked for (1-10,000)
          --warm-ups 200                how often before, so that all is compiled (0-10,000)
          --connections 64              connections of the tips meanwhile (1-1,000)

        ./bench.sh overload     many times the callers that are served well: what is shed, and what becomes of the others
          --connections 1000    callers that are served well (2-2,000)
          --fold 5              how many times as many come (2-8)
          --seconds 30          how long they stay (5-600)
          --probes 50           callers among them whose answers are timed one by one (1-1,000)

        ./bench.sh telemetry    tips by turns at products that measure and trace nothing, a little, and all
          --rounds 10           rounds, in each of which all three take their turn (1-100)
          --seconds 5           measured seconds of a turn (1-600)
          --warm-up 20          seconds for each before the first round, not measured (0-120)
          --connections 256     callers (1-1,000)

        ./bench.sh pieces       time and allocations of what a tip costs in memory, piece by piece
        """;

    /// <summary>Options of the verb that stands first, or of everything; null for help.</summary>
    /// <exception cref="OptionException">An option is unknown, lacks its value or is out of range.</exception>
    internal static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var named = arguments.Count > 0 && !arguments[0].StartsWith('-');
        var verb = named ? arguments[0] : "";
        string[] rest = [.. named ? arguments.Skip(1) : arguments];
        return verb switch
        {
            "help" => null,
            _ when rest.Any(argument => argument is "--help" or "-h") => null,
            "" => EverythingOptions.Read(new OptionReader(rest)),
            "run" => RunOptions.Read(new OptionReader(rest)),
            "objectives" => ObjectivesOptions.Read(new OptionReader(rest)),
            "fill" => FillOptions.Read(new OptionReader(rest)),
            "overload" => OverloadOptions.Read(new OptionReader(rest)),
            "telemetry" => TelemetryOptions.Read(new OptionReader(rest)),
            "pieces" => PiecesOptions.Read(new OptionReader(rest)),
            _ => throw new OptionException($"'{verb}' is neither run, objectives, fill, overload, telemetry, pieces nor help."),
        };
    }
}
