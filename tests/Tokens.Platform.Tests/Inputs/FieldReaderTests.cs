using Tokens.Platform.Inputs;
using Tokens.Platform.Problems;

namespace Tokens.Platform.Tests.Inputs;

public sealed class FieldReaderTests
{
    private static readonly TextRule Words = new("words", "Invalid words", 5) { LengthMinimum = 2 };
    private static readonly TextRule Label = new("label", "Invalid label", 100) { AllowsControlCharacters = false };
    private static readonly string[] Colours = ["red", "green"];

    [Theory]
    [InlineData("\"ab\"", "ab")]
    [InlineData("\"abcde\"", "abcde")]
    [InlineData("\"a\\nb\"", "a\nb")]
    [InlineData("\"\\ud83c\\udf89\"", "🎉")]
    [InlineData("\"🎉ab\"", "🎉ab")]
    public void Text_keeps_what_it_holds(string json, string expected) =>
        Read.Body($$"""{"words": {{json}}}""", body => body.RequiredText(Words)).ShouldBe((expected, null));

    [Theory]
    [InlineData("\"a\"", "words must have 2 to 5 characters.")]
    [InlineData("\"abcdef\"", "words must have 2 to 5 characters.")]
    [InlineData("\"\"", "words must have 2 to 5 characters.")]
    [InlineData("\"a\\u0000\"", "words must not hold control characters.")]
    [InlineData("\"a\\ud83c\"", "words must be text.")]
    [InlineData("\"\\udf89a\"", "words must be text.")]
    [InlineData("1", "words must be text.")]
    [InlineData("true", "words must be text.")]
    [InlineData("[\"ab\"]", "words must be text.")]
    [InlineData("null", "words is required.")]
    public void Text_that_the_rule_forbids_is_a_fault(string json, string sentence) =>
        Read.Body($$"""{"words": {{json}}}""", body => body.RequiredText(Words)).Problem.Errors()["words"].ShouldBe([sentence]);

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\t")]
    [InlineData("\\u001b")]
    [InlineData("\\u007f")]
    [InlineData("\\u0085")]
    public void Control_characters_are_a_fault_where_the_rule_says_so(string escape) =>
        Read.Body($$"""{"label": "a{{escape}}b"}""", body => body.OptionalText(Label)).Problem.Errors()["label"]
            .ShouldBe(["label must not hold control characters."]);

    [Fact]
    public void Half_a_surrogate_pair_in_a_query_is_a_fault() =>
        Label.FaultOf("a\ud83c").ShouldBe("label must be valid Unicode.");

    [Theory]
    [InlineData("\"f47ac10b-58cc-4372-a567-0e02b2c3d479\"")]
    [InlineData("\"F47AC10B-58CC-4372-A567-0E02B2C3D479\"")]
    public void An_id_is_a_UUID_with_hyphens_in_any_case(string json) =>
        Read.Body($$"""{"id": {{json}}}""", body => body.RequiredId("id", "Invalid id"))
            .ShouldBe((Guid.Parse("f47ac10b-58cc-4372-a567-0e02b2c3d479"), null));

    [Theory]
    [InlineData("\"f47ac10b58cc4372a5670e02b2c3d479\"")]
    [InlineData("\"{f47ac10b-58cc-4372-a567-0e02b2c3d479}\"")]
    [InlineData("\" f47ac10b-58cc-4372-a567-0e02b2c3d479\"")]
    [InlineData("\"me\"")]
    [InlineData("1")]
    public void Another_form_of_id_is_a_fault(string json) =>
        Read.Body($$"""{"id": {{json}}}""", body => body.RequiredId("id", "Invalid id")).Problem.Errors()["id"].ShouldBe(["id must be a UUID."]);

    [Fact]
    public void A_flag_is_true_or_false_and_nothing_like_it()
    {
        Read.Body("""{"on": true}""", body => body.RequiredFlag("on", "Invalid flag")).ShouldBe((true, null));
        Read.Body("""{"on": false}""", body => body.OptionalFlag("on", "Invalid flag")).ShouldBe((false, null));
        Read.Body("{}", body => body.OptionalFlag("on", "Invalid flag")).ShouldBe((null, null));
        Read.Body("{}", body => body.RequiredFlag("on", "Invalid flag")).Problem.ShouldNotBeNull();
        Read.Body("""{"on": "true"}""", body => body.OptionalFlag("on", "Invalid flag")).Problem.ShouldNotBeNull();
        Read.Body("""{"on": 1}""", body => body.OptionalFlag("on", "Invalid flag")).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void A_choice_is_one_of_its_words_in_any_case()
    {
        Read.Query("colour=RED", query => query.OptionalChoice("colour", "Invalid colour", Colours)).ShouldBe(("red", null));
        Read.Query("", query => query.OptionalChoice("colour", "Invalid colour", Colours)).ShouldBe((null, null));
        Read.Query("colour=blue", query => query.OptionalChoice("colour", "Invalid colour", Colours)).Problem.Errors()["colour"]
            .ShouldBe(["colour must be one of red, green."]);
        Read.Query("colour=red&colour=green", query => query.OptionalChoice("colour", "Invalid colour", Colours)).Problem.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("2026-03-04", "2026-03-04T00:00:00Z")]
    [InlineData("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z")]
    [InlineData("2026-03-04T05:06:07", "2026-03-04T05:06:07Z")]
    [InlineData("2026-03-04T05:06:07%2B02:00", "2026-03-04T03:06:07Z")]
    [InlineData("2026-03-04T05:06:07.891-05:00", "2026-03-04T10:06:07.891Z")]
    public void An_instant_is_ISO_8601_and_UTC_unless_it_says_otherwise(string text, string expected)
    {
        var (value, problem) = Read.Query("from=" + text, query => query.OptionalInstant("from", "Invalid time"));

        problem.ShouldBeNull();
        value.ShouldBe(DateTimeOffset.Parse(expected).UtcDateTime);
        value!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("2026-03-04", "2026-03-05T00:00:00Z")]
    [InlineData("2026-12-31", "2027-01-01T00:00:00Z")]
    [InlineData("2028-02-28", "2028-02-29T00:00:00Z")]
    [InlineData("9999-12-31", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T00:00:00Z")]
    [InlineData("2026-03-04T00:00", "2026-03-04T00:00:00Z")]
    public void A_bare_date_at_an_end_includes_its_day(string text, string expected)
    {
        var (value, problem) = Read.Query("until=" + text, query => query.OptionalInstant("until", "Invalid time", BareDate.End));

        problem.ShouldBeNull();
        value.ShouldBe(DateTimeOffset.Parse(expected).UtcDateTime);
        value!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("from=&to=", null, null)]
    [InlineData("from=2026-03-04&to=2026-03-04", "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData("from=2026-03-04&to=2026-03-05", "2026-03-04T00:00:00Z", "2026-03-06T00:00:00Z")]
    [InlineData("to=2026-03-04", null, "2026-03-05T00:00:00Z")]
    [InlineData("from=2026-03-04T23:59:59Z&to=2026-03-04", "2026-03-04T23:59:59Z", "2026-03-05T00:00:00Z")]
    [InlineData("from=2026-03-04&to=2026-03-04T00:00:01Z", "2026-03-04T00:00:00Z", "2026-03-04T00:00:01Z")]
    [InlineData("from=9999-12-31&to=9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59.9999999Z")]
    public void A_range_of_bare_dates_is_of_whole_days(string query, string? from, string? to)
    {
        var (range, problem) = Read.Query(query, fields => fields.OptionalRange("Invalid date range"));

        problem.ShouldBeNull();
        range.ShouldBe(new InstantRange(Instant(from), Instant(to)));

        static DateTime? Instant(string? text) => text is null ? null : DateTimeOffset.Parse(text).UtcDateTime;
    }

    [Theory]
    [InlineData("from=2026-03-05&to=2026-03-04")]
    [InlineData("from=2026-03-04T10:00:00Z&to=2026-03-04T10:00:00Z")]
    [InlineData("from=2026-03-04T10:00:00Z&to=2026-03-04T09:00:00Z")]
    public void A_range_that_holds_no_instant_is_a_fault(string query) =>
        Read.Query(query, fields => fields.OptionalRange("Invalid date range")).Problem.Errors()["to"].ShouldBe(["to must be later than from."]);

    [Fact]
    public void An_empty_parameter_of_the_query_counts_as_missing()
    {
        const string Empty = "words=&id=&amount=&on=&colour=&since=&zone=";
        Read.Query(Empty, query => query.OptionalText(Words)).ShouldBe((null, null));
        Read.Query("words", query => query.OptionalText(Words)).ShouldBe((null, null));
        Read.Query(Empty, query => query.OptionalWholeNumber(new WholeNumberRule("amount", "Invalid amount"))).ShouldBe((null, null));
        Read.Query(Empty, query => query.OptionalFlag("on", "Invalid flag")).ShouldBe((null, null));
        Read.Query(Empty, query => query.OptionalChoice("colour", "Invalid colour", Colours)).ShouldBe((null, null));
        Read.Query(Empty, query => query.OptionalInstant("since", "Invalid time")).ShouldBe((null, null));
        Read.Query(Empty, query => query.OptionalTimeZone("zone", "Invalid time zone")).ShouldBe((null, null));
        Read.Query(Empty, query => query.RequiredText(Words)).Problem.Errors()["words"].ShouldBe(["words is required."]);
        Read.Query(Empty, query => query.RequiredId("id", "Invalid id")).Problem.Errors()["id"].ShouldBe(["id is required."]);
        // A body says null, or leaves the member out.
        Read.Body("""{"words": ""}""", body => body.OptionalText(Words)).Problem.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("words=ab%00")]
    [InlineData("on=%00")]
    [InlineData("colour=red%00")]
    [InlineData("since=2026-03-04%00")]
    [InlineData("since=2026-03-04T05:06:07Z%00")]
    [InlineData("zone=Europe/Berlin%00")]
    [InlineData("amount=5%00")]
    public void A_null_character_in_a_query_is_a_fault(string query)
    {
        var (_, problem) = Read.Query(query, fields => (
            fields.OptionalText(Words),
            fields.OptionalFlag("on", "Invalid flag"),
            fields.OptionalChoice("colour", "Invalid colour", Colours),
            fields.OptionalInstant("since", "Invalid time"),
            fields.OptionalTimeZone("zone", "Invalid time zone"),
            fields.OptionalWholeNumber(new WholeNumberRule("amount", "Invalid amount"))));

        problem.Errors().Keys.ShouldBe([query.Split('=')[0]]);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("03/04/2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("12:30")]
    [InlineData("1767225600")]
    [InlineData("Mar 4 2026")]
    public void Another_form_of_time_is_a_fault(string text) =>
        Read.Query("from=" + text, query => query.OptionalInstant("from", "Invalid time")).Problem.Errors()["from"]
            .ShouldBe(["from must be an ISO 8601 time."]);

    [Fact]
    public void A_list_is_read_item_by_item_and_faults_say_which()
    {
        const string Json = """{"members": [{"id": "f47ac10b-58cc-4372-a567-0e02b2c3d479"}, {"id": 2}, {}]}""";

        var (members, problem) = Read.Body(Json, ReadMembers);

        members.Count.ShouldBe(3);
        problem.Errors().Keys.ShouldBe(["members[1].id", "members[2].id"]);
        problem!.Detail.ShouldBe("id must be a UUID.");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"members": []}""")]
    [InlineData("""{"members": {}}""")]
    [InlineData("""{"members": "x"}""")]
    [InlineData("""{"members": [1]}""")]
    [InlineData("""{"members": [{}, {}, {}, {}]}""")]
    public void A_list_of_another_shape_is_one_fault(string json) =>
        Read.Body(json, ReadMembers).Problem.Errors().Keys.ShouldBe(["members"]);

    [Fact]
    public void A_list_of_texts_holds_each_text_to_the_rule()
    {
        Read.Body("""{"words": ["ab", "cd"]}""", body => body.OptionalTexts(Words, 3)).Value.ShouldBe(["ab", "cd"]);
        Read.Body("{}", body => body.OptionalTexts(Words, 3)).Value.ShouldBeEmpty();
        Read.Body("""{"words": ["ab", "c"]}""", body => body.OptionalTexts(Words, 3)).Problem.ShouldNotBeNull();
        Read.Body("""{"words": ["ab", 1]}""", body => body.OptionalTexts(Words, 3)).Problem.ShouldNotBeNull();
        Read.Body("""{"words": ["ab", "ab", "ab", "ab"]}""", body => body.OptionalTexts(Words, 3)).Problem.ShouldNotBeNull();
        Read.Body("""{"words": "ab"}""", body => body.OptionalTexts(Words, 3)).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void The_first_fault_gives_the_title_and_all_are_told()
    {
        var (_, problem) = Read.Body("{}", body => (body.RequiredText(Words), body.RequiredId("id", "Invalid id"), body.RequiredText(Words)));

        problem.ShouldNotBeNull().Kind.ShouldBe(ProblemKind.ValidationFailed with { Title = "Invalid words" });
        problem.Detail.ShouldBe("words is required.");
        problem.Errors()["words"].Count.ShouldBe(2);
        problem.Errors()["id"].ShouldBe(["id is required."]);
    }

    private static IReadOnlyList<Guid> ReadMembers(FieldReader body) =>
        body.RequiredList("members", "Invalid members", 3, member => member.RequiredId("id", "Invalid id"));
}
