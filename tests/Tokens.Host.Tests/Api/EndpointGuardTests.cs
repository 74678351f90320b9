using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Tokens.Host.Api;
using Tokens.Host.Roles;
using Tokens.Platform.Answers;
using Tokens.Platform.RateLimits;

namespace Tokens.Host.Tests.Api;

public sealed class EndpointGuardTests
{
    private static readonly AllowAnonymousAttribute Open = new();
    private static readonly AuthorizeAttribute Closed = new();

    [Fact]
    public void Routes_with_a_name_and_a_word_on_who_may_call_them_are_right() =>
        Faults([Route("/a", Named("A"), Open), Route("/b", Named("B"), Closed)]).ShouldBeEmpty();

    [Fact]
    public void A_route_without_a_name_is_a_fault() =>
        Faults([Route("/a", Open)]).ShouldHaveSingleItem().ShouldBe("/a has no name.");

    [Fact]
    public void A_route_that_leaves_open_who_may_call_it_is_a_fault() =>
        Faults([Route("/a", Named("A"))]).ShouldHaveSingleItem().ShouldContain("/a says neither who may call it");

    [Theory]
    [InlineData("session")]
    [InlineData("Bearer,session")]
    public void A_route_that_would_sign_a_cookie_in_behind_the_CSRF_guard_is_a_fault(string schemes) =>
        Faults([Route("/a", Named("A"), new AuthorizeAttribute { AuthenticationSchemes = schemes })])
            .ShouldHaveSingleItem().ShouldBe("/a names a scheme of sign-in of its own.");

    [Fact]
    public void Two_routes_with_one_name_are_a_fault() =>
        Faults([Route("/a", Named("A"), Open), Route("/b", Named("A"), Open)])
            .ShouldHaveSingleItem().ShouldBe("A names 2 routes.");

    [Fact]
    public void All_faults_are_told_at_once() =>
        Faults([Route("/a", Open), Route("/b", Named("B")), Route("/c", Named("B"), Open)]).Count().ShouldBe(3);

    [Fact]
    public void Routes_without_a_name_are_not_taken_for_twins() =>
        Faults([Route("/a", Open), Route("/b", Open)]).ShouldBe(["/a has no name.", "/b has no name."]);

    [Theory]
    [InlineData("/api/a")]
    [InlineData("api/a")]
    [InlineData("/API/a")]
    [InlineData("/api")]
    public void A_route_of_the_API_without_a_limit_is_a_fault(string pattern) =>
        Faults([Route(pattern, Named("A"), Closed)])
            .ShouldHaveSingleItem().ShouldBe($"{pattern} says neither what limits it nor why nothing does.");

    [Fact]
    public void A_route_that_is_limited_by_an_unknown_policy_is_a_fault() =>
        Faults([Route("/a", Named("A"), Closed, new EnableRateLimitingAttribute("shop.ordr"))])
            .ShouldHaveSingleItem().ShouldBe("/a is limited by shop.ordr, which no module has registered.");

    [Fact]
    public void A_route_with_a_limit_or_with_a_reason_for_none_is_right() =>
        Faults(
        [
            Route("/api/a", Named("A"), Closed, new EnableRateLimitingAttribute("shop.order")),
            Route("/api/b", Named("B"), Closed, new WithoutRateLimit("It costs nothing.")),
        ]).ShouldBeEmpty();

    [Fact]
    public void What_is_compressed_is_only_read()
    {
        var compressible = Metadata(route => route.WithCompressibleAnswers());

        Faults([Route("/a", Named("A"), Open, compressible, new HttpMethodMetadata(["GET"]))]).ShouldBeEmpty();
        Faults([Route("/a", Named("A"), Open, compressible, new HttpMethodMetadata(["GET", "POST"]))])
            .ShouldHaveSingleItem().ShouldContain("/a answers other methods than GET");
    }

    [Fact]
    public async Task What_a_client_sends_is_never_left_to_the_framework()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddRateLimits(isOn: true);
        await using var app = builder.Build();
        app.MapGet("/planted/{id}", (Guid id, int? limit, TimeProvider time) => $"{id}{limit}{time}").WithName("Planted").AllowAnonymous();
        app.MapGet("/right", (HttpContext context, CancellationToken cancellationToken) => "").WithName("Right").AllowAnonymous();

        var fault = Should.Throw<SettingsException>(() => EndpointGuard.Check(app));

        fault.Message.ShouldContain("/planted/{id} leaves 'id' to the framework");
        fault.Message.ShouldContain("/planted/{id} leaves 'limit' to the framework");
        fault.Message.ShouldNotContain("/right");
    }

    [Fact]
    public async Task A_planted_route_stops_the_start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddRateLimits(isOn: true);
        await using var app = builder.Build();
        ((IEndpointRouteBuilder)app).DataSources.Add(new DefaultEndpointDataSource(Route("/planted", Open)));

        var fault = Should.Throw<SettingsException>(() => EndpointGuard.Check(app));

        fault.Message.ShouldContain("/planted has no name.");
    }

    private static IEnumerable<string> Faults(IReadOnlyCollection<RouteEndpoint> routes) =>
        EndpointGuard.Faults(routes, policy => policy == "shop.order");

    private static CompressibleAnswer Metadata(Action<IEndpointConventionBuilder> convention)
    {
        var app = WebApplication.CreateBuilder().Build();
        convention(app.MapGet("/x", () => ""));
        return ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints.Single().Metadata.GetRequiredMetadata<CompressibleAnswer>();
    }

    private static EndpointNameMetadata Named(string name) => new(name);

    private static RouteEndpoint Route(string pattern, params object[] metadata) =>
        new(_ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, new EndpointMetadataCollection(metadata), pattern);
}
