using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tokens.Platform.Inputs;

namespace Tokens.Platform.Tests.Inputs;

public sealed class InputTests
{
    private sealed record Order(Guid Id, long Amount, string? Note, IReadOnlyList<string> Lines) : IInput<Order>
    {
        public static Order Read(InputReader input)
        {
            input.TakesIdempotencyKey();
            var order = new Order(
                input.Route.RequiredId("id", "Invalid id"),
                input.Body.RequiredWholeNumber(new WholeNumberRule("amount", "Invalid amount", 1, 9)),
                input.Query.OptionalText(new TextRule("note", "Invalid note", 10)),
                input.Body.RequiredList(
                    "lines", "Invalid lines", 2, line => line.RequiredText(new TextRule("text", "Invalid text", 5) { LengthMinimum = 1 })));
            if (order.Amount == 7)
            {
                input.Fault("amount", "Unlucky amount", "Not seven.");
                input.FaultMember("luckyAmounts", new[] { 1, 2 });
            }

            return order;
        }
    }

    private sealed record Search(string? Text) : IInput<Search>
    {
        public static Search Read(InputReader input) => new(input.Query.OptionalText(new TextRule("text", "Invalid text", 10)));
    }

    [Fact]
    public async Task A_request_is_read_from_its_places_with_its_key()
    {
        var context = Request("""{"amount": "3", "lines": [{"text": "a"}], "unknown": {}}""");
        context.Request.Headers["Idempotency-Key"] = "\"k\"";

        var input = await Input<Order>.BindAsync(context);

        input.Problem.ShouldBeNull();
        input.Key.ShouldBe(new IdempotencyKey("k"));
        input.Value.Amount.ShouldBe(3);
        input.Value.Note.ShouldBe("hello");
        input.Value.Lines.ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_fault_of_the_request_itself_carries_its_members()
    {
        var input = await Input<Order>.BindAsync(Request("""{"amount": 7, "lines": [{"text": "a"}]}"""));

        input.Problem.ShouldNotBeNull().Kind.Title.ShouldBe("Unlucky amount");
        input.Problem.Members.Select(member => member.Key).ShouldBe(["errors", "luckyAmounts"]);
        Should.Throw<InvalidOperationException>(() => input.Value);
    }

    [Fact]
    public async Task A_wrong_key_is_told_with_the_other_faults()
    {
        var context = Request("{}");
        context.Request.Headers["Idempotency-Key"] = "ä";

        var input = await Input<Order>.BindAsync(context);

        input.Problem.Errors().Keys.ShouldBe(["amount", "lines", "Idempotency-Key"]);
    }

    [Fact]
    public async Task A_request_without_fields_in_its_body_needs_none()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?text=a");

        (await Input<Search>.BindAsync(context)).Value.ShouldBe(new Search("a"));
    }

    [Theory]
    [InlineData("/search?text=%ED%A0%80", "validation_failed", "text must be percent-encoded UTF-8.")]
    [InlineData("/search?a=b&other=%FF", "validation_failed", "other must be percent-encoded UTF-8.")]
    [InlineData("/%FF?text=a", "invalid_request", "The path must be percent-encoded UTF-8.")]
    public async Task A_path_or_query_that_is_no_UTF8_is_refused(string target, string code, string detail)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;

        var problem = (await Input<Search>.BindAsync(context)).Problem.ShouldNotBeNull();

        problem.Kind.Code.ShouldBe(code);
        problem.Detail.ShouldBe(detail);
    }

    [Fact]
    public void Describing_names_every_field_with_its_bounds()
    {
        var description = InputDescription.Of<Order>();

        description.TakesKey.ShouldBeTrue();
        description.HasBody.ShouldBeTrue();
        description.NeedsBody.ShouldBeTrue();
        description.Fields.Select(field => (field.Place, field.Name, field.Type, field.Required)).ShouldBe(
        [
            (FieldPlace.Route, "id", FieldType.Id, true),
            (FieldPlace.Body, "amount", FieldType.WholeNumber, true),
            (FieldPlace.Query, "note", FieldType.Text, false),
            (FieldPlace.Body, "lines", FieldType.List, true),
        ]);
        description.Fields[1].Minimum.ShouldBe(1);
        description.Fields[1].Maximum.ShouldBe(9);
        description.Fields[2].LengthMaximum.ShouldBe(10);
        description.Fields[3].Maximum.ShouldBe(2);
        description.Fields[3].Items.ShouldHaveSingleItem().Name.ShouldBe("text");
        InputDescription.Of<Search>().HasBody.ShouldBeFalse();
        InputDescription.Of<Search>().TakesKey.ShouldBeFalse();
    }

    private static DefaultHttpContext Request(string json)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/json";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        context.Request.QueryString = new QueryString("?note=hello");
        context.Request.RouteValues["id"] = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
        return context;
    }
}
