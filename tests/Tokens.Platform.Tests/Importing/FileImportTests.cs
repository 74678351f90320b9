using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Tokens.Platform.Importing;
using Tokens.Platform.Inputs;
using Tokens.Platform.Time;

namespace Tokens.Platform.Tests.Importing;

public sealed class FileImportTests
{
    private const int LineBytesMax = 256;
    private static readonly string Long = new('x', 100_000);

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\r\n  \n", 0)]
    [InlineData("""{"kind":"thing","name":"a"}""", 1)]
    [InlineData("{\"kind\":\"thing\",\"name\":\"a\"}\r\n{\"kind\":\"thing\",\"name\":\"b\"}\r\n", 2)]
    [InlineData("\uFEFF{\"kind\":\"thing\",\"name\":\"a\"}\n\n{\"kind\":\"thing\",\"name\":\"b\"}", 2)]
    public async Task Lines_are_taken_in_their_order(string text, int count)
    {
        var (things, counts, refusals) = await RunAsync(text);

        things.Taken.Count.ShouldBe(count);
        things.Taken.ShouldBeInOrder();
        counts.Refused.ShouldBe(0);
        refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_can_not_be_read_is_refused_by_its_line_and_stops_no_other()
    {
        string[] lines =
        [
            """{"kind":"thing","name":"a"}""",
            Long,
            "[]",
            "{",
            """{"kind":"thing","kind":"thing"}""",
            """{"kind":"other"}""",
            """{"kind":7}""",
            """{"kind":"thing"}""",
            """{"kind":"thing","name":"b"}""",
            """{"kind":"\ud800"}""",
            $$"""{"kind":"thing","name":"c","more":"{{Long}}"}""",
        ];

        var (things, counts, refusals) = await RunAsync(string.Join('\n', lines));

        things.Taken.ShouldBe(["a", "b"]);
        counts.Lines.ShouldBe(lines.Length);
        counts.Refused.ShouldBe(9);
        refusals.Select(line => line.Split('\t')[0]).Order().ShouldBe(["10", "11", "2", "3", "4", "5", "6", "7", "8"]);
        refusals.ShouldContain("6\tunreadable\tkind must be one of thing.");
        refusals.ShouldContain("8\tthing\tname is required.");
        counts.ByKind.ShouldContain(("thing", 2, 0, 1));
    }

    [Fact]
    public async Task An_empty_text_counts_as_missing()
    {
        var (things, _, refusals) = await RunAsync("""
            {"kind":"thing","name":""}
            {"kind":"thing","name":"a","since":"","until":""}
            """);

        things.Taken.ShouldBe(["a"]);
        refusals.ShouldBe(["1\tthing\tname is required."]);
    }

    [Fact]
    public void A_bare_date_is_the_start_of_its_day_or_the_end()
    {
        var line = new InputReader(JsonElement.Parse("""{"at":"2026-03-04"}"""));

        MomentField.Read(line, "at").ShouldBe(new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc));
        MomentField.Read(line, "at", BareDate.End).ShouldBe(new DateTime(2026, 3, 5, 0, 0, 0, DateTimeKind.Utc));
        line.Faults.ToProblem().ShouldBeNull();
    }

    [Fact]
    public async Task A_dry_run_is_one_for_every_importer()
    {
        var things = new Things();

        await NewImport(things).RunAsync(
            Stream("""{"kind":"thing","name":"a"}"""), isDryRun: true, TextWriter.Null, _ => { }, CancellationToken.None);

        things.Taken.ShouldBeEmpty();
        things.Calls.ShouldBe(1);
    }

    [Fact]
    public void An_id_follows_from_moment_and_name()
    {
        var moment = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc);

        Uuid.Of(moment, "a").ShouldBe(Uuid.Of(moment, "a"));
        Uuid.Of(moment, "a").ShouldNotBe(Uuid.Of(moment, "b"));
        Uuid.Of(moment, "a").Version.ShouldBe(7);
        string.CompareOrdinal(Uuid.Of(moment, "z").ToString(), Uuid.Of(moment.AddMilliseconds(1), "a").ToString()).ShouldBeLessThan(0);
    }

    private static async Task<(Things Things, ImportCounts Counts, string[] Refusals)> RunAsync(string text)
    {
        var things = new Things();
        await using var refusals = new StringWriter();
        var counts = await NewImport(things).RunAsync(Stream(text), isDryRun: false, refusals, _ => { }, CancellationToken.None);
        return (things, counts, refusals.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static FileImport NewImport(Things things) =>
        new([things], Options.Create(new ImportOptions { LineBytesMax = LineBytesMax, LinesAtOnce = 2 }));

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Things : LineImporter<string>
    {
        private static readonly TextRule NameRule = new("name", "Invalid name", 10);

        public override string Kind => "thing";

        internal List<string> Taken { get; } = [];

        internal int Calls { get; private set; }

        protected override string Read(InputReader input)
        {
            if (input.Has(input.Body, "since"))
            {
                MomentField.Read(input, "since");
            }

            input.Body.OptionalInstant("until", "Invalid time");
            return input.Body.RequiredText(NameRule);
        }

        protected override Task<IReadOnlyList<LineVerdict>> TakeAsync(IReadOnlyList<string> lines, bool isDryRun, CancellationToken cancellationToken)
        {
            Calls++;
            Taken.AddRange(isDryRun ? [] : lines);
            return Task.FromResult<IReadOnlyList<LineVerdict>>([.. lines.Select(_ => LineVerdict.Taken)]);
        }
    }
}
