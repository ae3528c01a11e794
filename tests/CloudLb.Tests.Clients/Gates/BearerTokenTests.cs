using System.Net;
using System.Net.Sockets;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>Listeners that ask for tokens: the keys of a real provider, which changes them, and goes away.</summary>
public sealed class BearerTokenTests
{
    private static readonly ProviderKey First = new("first"), Second = new("second");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_are_taken_by_the_keys_that_the_provider_shows_also_while_it_is_away_and_after_a_restart()
    {
        await using var provider = await OpenIdProvider.StartAsync(Token);
        await using var target = await Backend.StartAsync(Token);
        await using var server = await StartAsync(provider);
        var web = await SecureWeb.CreateAsync(server, "jwt", target);
        var (first, second) = (First.Sign(Claims(provider, "read write")), Second.Sign(Claims(provider, "write read")));
        var narrow = First.Sign(Claims(provider, "read"));
        provider.Keys = [First];
        await web.AskFirstAsync([
            .. Action(provider, $"{provider.Url}/moved"),
            ("JwtValidationConfig.AdditionalClaims.member.1.Name", "scope"),
            ("JwtValidationConfig.AdditionalClaims.member.1.Format", "space-separated-values"),
            ("JwtValidationConfig.AdditionalClaims.member.1.Values.member.1", "read"),
            ("JwtValidationConfig.AdditionalClaims.member.1.Values.member.2", "write")]);

        await web.AnswersAsync(401, "/");
        await web.AnswersAsync(200, "/", first);
        Assert.Equal((401, 401, 401), (await web.StatusAsync("/"), await web.StatusAsync("/", second), await web.StatusAsync("/", narrow)));
        var explained = await server.CommandAsync(
            Token, "explain", "jwt", "--request", "GET https://jwt.example.com/");
        Assert.Contains(
            $"First it must show a token of '{provider.Url}', with 'read' and 'write' in the claim 'scope', signed with RS256 by the one " +
            $"key of {provider.Url}/moved; without it the answer is 401.", explained.Output, StringComparison.Ordinal);

        provider.Keys = [First, Second];
        await web.AnswersAsync(200, "/", second);
        provider.Keys = [Second];
        await web.AnswersAsync(401, "/", first);

        // What it says while it is broken counts for nothing, whatever that is.
        provider.KeySetStatus = 500;
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains("are those of its last good answer: ", StringComparison.Ordinal), Token);
        Assert.Contains("answers 500", server.Output, StringComparison.Ordinal);
        Assert.Equal(200, await web.StatusAsync("/", second));
        await server.StopAsync(Token);
        await server.StartAgainAsync(Token);
        await web.AnswersAsync(200, "/", second);
        Assert.Equal(401, await web.StatusAsync("/", first));
        provider.KeySetStatus = 200;
        provider.Keys = [First];
        await web.AnswersAsync(200, "/", first);
    }

    [Fact]
    public async Task Keys_are_fetched_from_nowhere_that_is_no_target_and_only_from_whom_is_trusted()
    {
        await using var provider = await OpenIdProvider.StartAsync(Token);
        await using var forbidden = await OpenIdProvider.StartAsync(Token);
        await using var stranger = await OpenIdProvider.StartAsync(Token);
        await using var target = await Backend.StartAsync(Token);
        await using var server = await StartAsync(provider, ("Targets:Forbidden", $"{forbidden.Address}/32"));
        var web = await SecureWeb.CreateAsync(server, "jwt", target);
        (provider.Keys, forbidden.Keys) = ([First], [First]);

        foreach (var (url, fault) in new[]
        {
            ($"{provider.Url}/away?to={forbidden.Url}/keys", $"{forbidden.Address} may not be asked: "),
            ($"{forbidden.Url}/keys", $"{forbidden.Address} may not be asked: "),
            ($"{provider.Url}/away?to=http://{provider.Address}/keys", "the address must begin with https://"),
            ($"{provider.Url}/large", "the answer has more than 153600 bytes"),
            ($"{provider.Url}/none", "answers 404"),
            ($"{stranger.Url}/keys", "The remote certificate is invalid"),
            ($"https://127.0.0.1:{server.Url.Port}/keys", "CloudLb itself listens on 127.0.0.1"),
            ($"https://0.0.0.0:{server.Url.Port}/keys", "0.0.0.0 is no address of a machine"),
            ($"https://[::]:{server.Url.Port}/keys", ":: is no address of a machine"),
        })
        {
            await web.AskFirstAsync(Action(provider, url));
            await Wait.ForAsync(
                () => Task.FromResult(server.Output),
                output => output.Contains($"{url} are not known yet", StringComparison.Ordinal), Token);
            Assert.Contains(fault, server.Output, StringComparison.Ordinal);
            await web.AnswersAsync(401, "/", First.Sign(Claims(provider, "")));
        }

        Assert.Equal((0, 0, 0), (provider.KeySetRequests, forbidden.KeySetRequests, stranger.KeySetRequests));
        await web.AskFirstAsync(Action(provider, $"{provider.Url}/keys"));
        await web.AnswersAsync(200, "/", First.Sign(Claims(provider, "")));
    }

    [Fact]
    public async Task What_a_providers_certificate_names_is_not_asked_for()
    {
        using var named = new TcpListener(IPAddress.Parse($"{Ports.Network()}.3"), 0);
        named.Start();
        await using var trusted = await OpenIdProvider.StartAsync(Token);
        await using var provider = await OpenIdProvider.StartAsync(Token, $"http://{named.LocalEndpoint}/issuer.cer");
        await using var target = await Backend.StartAsync(Token);
        await using var server = await StartAsync(trusted);
        var web = await SecureWeb.CreateAsync(server, "jwt", target);

        await web.AskFirstAsync(Action(provider, $"{provider.Url}/keys"));
        await Wait.ForAsync(
            () => Task.FromResult(server.Output),
            output => output.Contains($"{provider.Url}/keys are not known yet", StringComparison.Ordinal), Token);

        Assert.Contains("The remote certificate is invalid", server.Output, StringComparison.Ordinal);
        Assert.False(named.Pending());
    }

    private static (string, string)[] Action(OpenIdProvider provider, string keys) =>
    [
        ("Type", "jwt-validation"), ("JwtValidationConfig.JwksEndpoint", keys), ("JwtValidationConfig.Issuer", provider.Url),
    ];

    private static object Claims(OpenIdProvider provider, string scope) =>
        new { iss = provider.Url, exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(), scope };

    private static async Task<CloudLbProcess> StartAsync(OpenIdProvider provider, params (string, string)[] settings)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("clb-ca-").FullName, "authorities.pem");
        await File.WriteAllTextAsync(file, provider.AuthorityPem, Token);
        return await CloudLbProcess.StartAsync(
            Token, [("OpenId:AuthoritiesFile", file), ("OpenId:RefreshInterval", "00:00:01"), .. settings]);
    }
}
