using System.Net.Http.Headers;
using System.Text;
using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.Wire;

public sealed class FormTests
{
    [Theory]
    [InlineData("metadata[k]=a+b", "a b")]
    [InlineData("metadata%5Bk%5D=a%2Bb", "a+b")]
    [InlineData("metadata[k]=%e2%82%AC+%F0%9F%8E%81", "€ 🎁")]
    [InlineData("metadata[k]=äöü", "äöü")]
    [InlineData("metadata[k]=a=b%3Dc%26d", "a=b=c&d")]
    [InlineData("metadata[k]=first&metadata[k]=last", "last")]
    [InlineData("&&metadata[k]=v&", "v")]
    [InlineData("metadata[k]=%0A%22%5C", "\n\"\\")]
    [InlineData("metadata[k]=[x]", "[x]")]
    public async Task Encoded_text_is_read_as_it_was_meant(string metadata, string expected)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var created = await sandbox.Caller.PostAsync(StripeCaller.Intents, $"amount=500&currency=usd&{metadata}");
        created.Status.ShouldBe(200, created.Text);
        created.String("metadata", "k").ShouldBe(expected);
    }

    [Theory]
    [InlineData("allowed_payment_method_types[]=link&allowed_payment_method_types[]=card&expand[]=latest_charge&expand[]=payment_method")]
    [InlineData("payment_method_types[]=card&expand[]=latest_charge&expand[]=payment_method")]
    [InlineData("payment_method_types[0]=card&expand[1]=payment_method&expand[0]=latest_charge")]
    public async Task Arrays_come_with_or_without_an_index(string arrays)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var paid = await sandbox.Caller.PostAsync(
            StripeCaller.Intents, $"amount=500&currency=usd&payment_method=pm_card_visa&confirm=true&{arrays}");
        paid.String("latest_charge", "object").ShouldBe("charge");
        paid.String("payment_method", "object").ShouldBe("payment_method");
    }

    [Theory]
    [InlineData("amount=500&currency=usd&metadata[k]=%")]
    [InlineData("amount=500&currency=usd&metadata[k]=%4")]
    [InlineData("amount=500&currency=usd&metadata[k]=%zz")]
    [InlineData("amount=500&currency=usd&metadata[k]=%ff")]
    [InlineData("amount=500&currency=usd&metadata[k]=%ed%a0%80")]
    [InlineData("amount=500&currency=usd&metadata[k]=a%00b")]
    [InlineData("amount=500&currency=usd&metadata[k]=a&metadata=b")]
    [InlineData("amount=500&currency=usd&metadata=b&metadata[k]=a")]
    [InlineData("amount=500&currency=usd&expand=a&expand[]=b")]
    [InlineData("amount=500&currency=usd&expand[]=b&expand=a")]
    [InlineData("amount=500&currency=usd&expand[]=b&expand[0]=a")]
    [InlineData("amount=500&currency=usd&expand[][x]=a")]
    [InlineData("amount=500&currency=usd&expand[99999999999]=latest_charge")]
    [InlineData("amount=500&currency=usd&metadata[[k]]=v")]
    [InlineData("amount=500&currency=usd&metadata[k=v")]
    [InlineData("amount=500&currency=usd&metadata]=v")]
    [InlineData("amount=500&currency=usd&[k]=v")]
    [InlineData("amount=500&currency=usd&=v")]
    [InlineData("amount=500&currency=usd&a[b][c][d][e][f][g][h][i]=v")]
    [InlineData("{\"amount\":500}")]
    [InlineData("<amount>500</amount>")]
    [InlineData("%%%%")]
    public async Task A_garbled_body_is_a_400_that_makes_nothing(string form)
    {
        await using var sandbox = await RunningSandbox.StartAsync();

        var refused = await sandbox.Caller.PostAsync(StripeCaller.Intents, form);

        refused.Status.ShouldBe(400, refused.Text);
        refused.String("error", "type").ShouldBe("invalid_request_error");
        (await sandbox.Caller.GetAsync(StripeCaller.Intents))["data"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Random_bytes_are_never_an_error_of_the_sandbox()
    {
        const int Seed = 20260301;
        var random = new Random(Seed);
        await using var sandbox = await RunningSandbox.StartAsync();
        const string Alphabet = "amount=500&currency=usd[]%+0123456789abcdef";
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                bytes = [.. bytes.Select(value => (byte)Alphabet[value % Alphabet.Length])];
            }

            var request = new HttpRequestMessage(HttpMethod.Post, StripeCaller.Intents) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            (await sandbox.Caller.SendAsync(request)).Status.ShouldBe(400, $"seed {Seed}, round {i}: {Convert.ToHexString(bytes)}");
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task Another_content_type_is_refused(string? contentType)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, StripeCaller.Intents)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("amount=500&currency=usd")),
        };
        request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        (await sandbox.Caller.SendAsync(request)).ShouldBeRefused(400, null, null);
    }

    [Fact]
    public async Task Bodies_and_parameters_have_limits()
    {
        await using var sandbox = await RunningSandbox.StartAsync(
            ("StripeSandbox:MaxBodyBytes", "2048"), ("StripeSandbox:MaxParameters", "10"));

        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=" + new string('1', 4_096))).ShouldBeRefused(413, null, null);
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, string.Join('&', Enumerable.Range(0, 11).Select(i => $"a{i}=1"))))
            .String("error", "message").ShouldBe("Invalid request: more than 10 parameters.");
        (await sandbox.Caller.PostAsync(StripeCaller.Intents, "amount=500&currency=usd")).Status.ShouldBe(200);
    }
}
