using Tokens.Analytics.Forecasts;
using Tokens.Analytics.Tests.Forecasts.Fans;

namespace Tokens.Analytics.Tests.Forecasts;

/// <summary>Forecasts for generated fans beside what they then did, what the older rule said, and what an oracle knows to expect.</summary>
internal sealed class BackTest
{
    private const int DaysAWeek = 7;

    private readonly Dictionary<FanHabit, Row> _rows = Enum.GetValues<FanHabit>().ToDictionary(habit => habit, _ => new Row());

    internal static BackTest Run(int seed, int fansOfEach)
    {
        var test = new BackTest();
        foreach (var (habit, row) in test._rows)
        {
            for (var number = 0; number < fansOfEach; number++)
            {
                row.Add(FanGenerator.Make(habit, seed, number), (number % 50 + 1) / 50.0);
            }
        }

        return test;
    }

    internal Row Of(FanHabit habit) => _rows[habit];

    internal Row All() => _rows.Values.Aggregate(new Row(), (sum, row) => sum.With(row));

    internal string Table() => string.Join('\n', new[]
    {
        "| habit | error ÷ older rule's | error ÷ oracle's | run-out within a day | of whole weeks' balances | high right | medium right | low right |",
        "|---|---|---|---|---|---|---|---|",
    }.Concat(_rows.Select(row => Line(row.Key.ToString().ToLowerInvariant(), row.Value))).Append(Line("all", All())));

    private static string Line(string name, Row row) =>
        $"| {name} | {row.ErrorToOlder:F2} | {row.ErrorToOracle:F2} | {row.RunOutRight:P0} | {row.RunOutOfWeeksRight:P0} | {row.Right(Confidence.High)} | {row.Right(Confidence.Medium)} | {row.Right(Confidence.Low)} |";

    /// <summary>Sums over the fans of a habit.</summary>
    internal sealed class Row
    {
        // A refill is decided on balances of up to five days; those of up to a week are looked at beside them.
        private const double ShortWeeks = 5.0 / DaysAWeek;

        private readonly int[] _cases = new int[3];
        private readonly int[] _right = new int[3];
        private int _weeks;
        private int _weeksRight;
        private double _error;
        private double _errorOfOlder;
        private double _errorOfOracle;

        internal double ErrorToOlder => _error / _errorOfOlder;

        internal double ErrorToOracle => _error / _errorOfOracle;

        internal double RunOutRight => _right.Sum() / (double)_cases.Sum();

        internal double RunOutOfWeeksRight => _weeksRight / (double)_weeks;

        internal double RightOf(Confidence confidence) => _right[(int)confidence] / (double)_cases[(int)confidence];

        internal int CasesOf(Confidence confidence) => _cases[(int)confidence];

        internal string Right(Confidence confidence) => $"{_right[(int)confidence]} of {_cases[(int)confidence]}";

        /// <param name="fan">With the days to come.</param>
        /// <param name="weeks">The balance, in weeks of what the oracle expects; up to one.</param>
        internal void Add(GeneratedFan fan, double weeks)
        {
            var patterns = fan.PatternsAtMidnight();
            var forecast = RefillPredictor.ForecastOf(patterns, FanGenerator.FutureDays);
            var actual = fan.Future.Take(DaysAWeek).Sum();
            var expected = fan.Expected.Take(DaysAWeek).Sum();
            _error += Math.Abs(forecast.Expected.Take(DaysAWeek).Sum() - actual);
            _errorOfOlder += Math.Abs(OlderRule(fan.Past) - actual);
            _errorOfOracle += Math.Abs(expected - actual);
            if (RunOutOf(fan, patterns, forecast, (long)Math.Ceiling(expected * weeks * ShortWeeks)) is var (confidence, isRight))
            {
                _cases[(int)confidence]++;
                _right[(int)confidence] += isRight ? 1 : 0;
            }

            if (RunOutOf(fan, patterns, forecast, (long)Math.Ceiling(expected * weeks)) is var (_, isAlsoRight))
            {
                _weeks++;
                _weeksRight += isAlsoRight ? 1 : 0;
            }
        }

        internal Row With(Row other)
        {
            var sum = new Row
            {
                _error = _error + other._error,
                _errorOfOlder = _errorOfOlder + other._errorOfOlder,
                _errorOfOracle = _errorOfOracle + other._errorOfOracle,
                _weeks = _weeks + other._weeks,
                _weeksRight = _weeksRight + other._weeksRight,
            };
            for (var i = 0; i < _cases.Length; i++)
            {
                (sum._cases[i], sum._right[i]) = (_cases[i] + other._cases[i], _right[i] + other._right[i]);
            }

            return sum;
        }

        // Without a balance, or where it outlasts the held-out days, there is nothing to compare with.
        private static (Confidence Confidence, bool IsRight)? RunOutOf(
            GeneratedFan fan, SpendingPatterns patterns, SpendingForecast forecast, long balance)
        {
            if (balance == 0)
            {
                return null;
            }

            long spent = 0;
            var day = fan.Future.Index().FirstOrDefault(each => (spent += each.Item) >= balance, (-1, 0)).Index + 1;
            if (day == 0)
            {
                return null;
            }

            var (days, confidence) = RefillPredictor.RunOutOf(patterns, forecast, balance);
            return (confidence, Math.Abs(days - day) <= 1);
        }

        // The mean of active days, raised when the last week was above it and lowered otherwise.
        private static double OlderRule(IReadOnlyList<long> past)
        {
            var active = past.Where(tokens => tokens > 0).ToList();
            var lastWeek = past.TakeLast(DaysAWeek).Where(tokens => tokens > 0).Select(tokens => (double)tokens).DefaultIfEmpty().Average();
            return active.Count == 0 ? 0 : DaysAWeek * active.Average() * (lastWeek > active.Average() ? 1.3 : 0.8);
        }
    }
}
