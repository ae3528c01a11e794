using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>A CloudLb with a load balancer that has clients signed in by a provider.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal OpenIdProvider Provider { get; private set; } = null!;

    /// <summary>Nobody may ask it anything.</summary>
    internal OpenIdProvider Forbidden { get; private set; } = null!;

    internal Backend Target { get; private set; } = null!;

    internal CloudLbProcess Server { get; private set; } = null!;

    internal SecureWeb Web { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OpenIdProvider.StartAsync(Token);
        Forbidden = await OpenIdProvider.StartAsync(Token);
        Target = await Backend.StartAsync(Token);
        var file = Path.Combine(Directory.CreateTempSubdirectory("clb-ca-").FullName, "authorities.pem");
        await File.WriteAllTextAsync(file, $"{Provider.AuthorityPem}\n{Forbidden.AuthorityPem}", Token);
        Server = await CloudLbProcess.StartAsync(
            Token, [("OpenId:AuthoritiesFile", file), ("Targets:Forbidden", $"{Forbidden.Address}/32")]);
        Web = await SecureWeb.CreateAsync(Server, "oidc", Target);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Target.DisposeAsync();
        await Forbidden.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>The action, with other settings.</summary>
    internal (string, string)[] Action(params (string Name, string Value)[] changes)
    {
        var settings = new Dictionary<string, string>
        {
            ["Issuer"] = Provider.Url,
            ["AuthorizationEndpoint"] = $"{Provider.Url}/authorize",
            ["TokenEndpoint"] = $"{Provider.Url}/token",
            ["UserInfoEndpoint"] = $"{Provider.Url}/userinfo",
            ["ClientId"] = ProviderSignIn.ClientId,
            ["ClientSecret"] = ProviderSignIn.ClientSecret,
        };
        foreach (var (name, value) in changes)
        {
            settings[name] = value;
        }

        return [("Type", "authenticate-oidc"), .. settings.Select(each => ($"AuthenticateOidcConfig.{each.Key}", each.Value))];
    }
}
