using CloudLb.Core.KeySets;
using CloudLb.Core.Resources;
using CloudLb.Core.SignIns;
using CloudLb.OpenId.Fetching;
using CloudLb.OpenId.KeySets;
using CloudLb.OpenId.SignIns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudLb.OpenId;

/// <summary>Puts what is asked of OpenID providers into a server.</summary>
public static class OpenIdServices
{
    /// <summary>In the data directory.</summary>
    public const string KeySetFileName = KeySetFile.Name;

    /// <summary>
    /// Adds <see cref="IKeySets"/>, and whoever signs clients in. Whoever needs key sets is an <see cref="IKeySetUsers"/>; there must be an
    /// <see cref="ISignIns"/>, an <see cref="ISignInSocket"/> and an <see cref="ITextSealer"/>.
    /// </summary>
    /// <param name="services">Where it is added.</param>
    /// <param name="options">The settings.</param>
    /// <param name="dataDirectory">The server's.</param>
    public static IServiceCollection AddOpenId(this IServiceCollection services, OpenIdOptions options, string dataDirectory) => services
        .AddSingleton(Options.Create(options))
        .AddSingleton<TargetConnector>()
        .AddSingleton<GuardedHttp>()
        .AddSingleton(new KeySetFile(Path.Combine(dataDirectory, KeySetFile.Name)))
        .AddSingleton<FetchedKeySets>()
        .AddSingleton<IKeySets>(provider => provider.GetRequiredService<FetchedKeySets>())
        .AddHostedService(provider => provider.GetRequiredService<FetchedKeySets>())
        .AddSingleton(provider => ClaimSigner.Of(provider.GetRequiredService<ITextSealer>().Derive("what targets are told of clients")))
        .AddSingleton<IdTokens>()
        .AddSingleton<Provider>()
        .AddSingleton<Questions>()
        .AddSingleton<SignInFlow>()
        .AddHostedService<SignInServer>();
}
