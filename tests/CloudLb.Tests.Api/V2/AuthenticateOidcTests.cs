using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Api.Certificates;
using Microsoft.Data.Sqlite;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Tests.Api.V2;

/// <summary>Actions by which clients are signed in, as a client of the API sees them.</summary>
public sealed class AuthenticateOidcTests(SecureServer server) : IClassFixture<SecureServer>
{
    private const string Secret = "the client's own secret";

    private readonly GatedListeners _listeners = new(server);

    private static readonly AuthenticateOidcActionConfig Config = new()
    {
        Issuer = "https://id.test",
        AuthorizationEndpoint = "https://id.test/authorize?p=sign-in",
        TokenEndpoint = "https://id.test/token",
        UserInfoEndpoint = "https://id.test/me",
        ClientId = "web",
        ClientSecret = Secret,
    };

    [Fact]
    public async Task An_action_is_shown_with_its_defaults_and_never_with_its_secret()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var made = (await _listeners.CreateRuleAsync(listener, [forward with { Order = 2 }, Oidc(Config, 1)])).Rules![0];
        var shown = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeRules,
            new() { RuleArns = [made.RuleArn!] })).Rules![0];

        foreach (var actions in new[] { made.Actions!, shown.Actions! })
        {
            Assert.Equal([("authenticate-oidc", 1), ("forward", 2)], actions.Select(action => (action.Type, action.Order!.Value)));
            Assert.Equal(
                Config with
                {
                    ClientSecret = null, SessionCookieName = "AWSELBAuthSessionCookie", Scope = "openid", SessionTimeout = 604800,
                    OnUnauthenticatedRequest = "authenticate",
                },
                actions[0].AuthenticateOidcConfig);
        }

        await using var database = new SqliteConnection(
            $"Data Source={Path.Combine(server.Directory.FullName, "cloudlb.db")};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "select group_concat(document) from resource where kind = 'v2-listener'";
        var kept = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        Assert.Contains("https://id.test/token", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_given_is_shown_and_a_change_can_keep_the_secret()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var all = Config with
        {
            SessionCookieName = "Mine", Scope = "openid email", SessionTimeout = 60, OnUnauthenticatedRequest = "deny",
            AuthenticationRequestExtraParams = new Dictionary<string, string> { ["prompt"] = "login", ["display"] = "a b&c=d" },
        };
        IReadOnlyList<Action> Actions(AuthenticateOidcActionConfig config) => [Oidc(config, 1), forward with { Order = 2 }];
        var first = (await _listeners.ModifyAsync(listener, Actions(all))).DefaultActions![0].AuthenticateOidcConfig!;
        Assert.Equal(("Mine", "openid email", 60L, "deny", null), (
            first.SessionCookieName, first.Scope, first.SessionTimeout, first.OnUnauthenticatedRequest, first.ClientSecret));
        Assert.Equal(
            [("display", "a b&c=d"), ("prompt", "login")],
            first.AuthenticationRequestExtraParams!.Select(each => (each.Key, each.Value)).Order());

        var kept = Config with { ClientSecret = null, UseExistingClientSecret = true };
        Assert.Null(
            (await _listeners.ModifyAsync(listener, Actions(kept))).DefaultActions![0].AuthenticateOidcConfig!.UseExistingClientSecret);
        var rule = (await _listeners.CreateRuleAsync(listener, Actions(Config with { UseExistingClientSecret = true }))).Rules![0].RuleArn!;
        await ModifyRuleAsync(rule, Actions(kept));
        await ModifyRuleAsync(rule, [forward]);
        var refused = await Assert.ThrowsAsync<ServiceRefusal>(() => ModifyRuleAsync(rule, Actions(kept)));
        Assert.Equal(
            ("ValidationError",
                "You cannot use an existing client secret, as there is no action of type 'authenticate-oidc' that has one"),
            (refused.Error.Code, refused.Text));
    }

    [Fact]
    public async Task A_listener_that_is_made_again_with_the_same_secret_is_the_one_there_is()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var described = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeListeners,
            new() { ListenerArns = [listener] })).Listeners![0];
        Task<CreateListenerResponse> CreateAsync(string secret) => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.CreateListener,
            new()
            {
                LoadBalancerArn = described.LoadBalancerArn!, Protocol = "HTTPS", Port = 8443,
                Certificates = [new() { CertificateArn = described.Certificates![0].CertificateArn }],
                DefaultActions = [Oidc(Config with { ClientSecret = secret }, 1), forward with { Order = 2 }],
            });

        var made = (await CreateAsync(Secret)).Listeners![0].ListenerArn;
        Assert.Equal(made, (await CreateAsync(Secret)).Listeners![0].ListenerArn);
        var refused = await Assert.ThrowsAsync<ServiceRefusal>(() => CreateAsync("another"));
        Assert.Equal("DuplicateListener", refused.Error.Code);
    }

    [Fact]
    public async Task What_AWS_does_not_take_is_refused()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var last = forward with { Order = 2 };
        Dictionary<string, string> Extra(int count) => Enumerable.Range(0, count).ToDictionary(at => $"p{at}", at => "v");
        (AuthenticateOidcActionConfig? Config, string Message)[] refused =
        [
            (null, "For actions of type 'authenticate-oidc', you must specify the following fields: 'AuthenticateOidcConfig'"),
            (Config with { ClientSecret = null },
                "For actions of type 'authenticate-oidc', you must specify the following fields: 'ClientSecret'"),
            (Config with { ClientSecret = null, UseExistingClientSecret = true },
                "You cannot use an existing client secret, as there is no action of type 'authenticate-oidc' that has one"),
            (Config with { Issuer = "id.test" }, "The 'id.test' URL is not valid"),
            (Config with { AuthorizationEndpoint = "http://id.test/" }, "The 'http://id.test/' URL is not valid"),
            (Config with { TokenEndpoint = "https://a:b@id.test/" }, "The 'https://a:b@id.test/' URL is not valid"),
            (Config with { UserInfoEndpoint = "https://id.test/\"" }, "The 'https://id.test/\"' URL is not valid"),
            (Config with { ClientId = "" }, "The ClientId parameter cannot be empty"),
            (Config with { ClientId = "a\r\nb" }, "The ClientId parameter has invalid characters"),
            (Config with { ClientSecret = new('s', 1025) }, "The ClientSecret parameter cannot be longer than '1024' characters"),
            (Config with { Scope = "openid é" }, "The Scope parameter has invalid characters"),
            (Config with { SessionTimeout = 0 }, "Session timeout must be between 1 and 604800 seconds"),
            (Config with { SessionTimeout = 604801 }, "Session timeout must be between 1 and 604800 seconds"),
            (Config with { SessionCookieName = "a;b" }, "The session cookie name 'a;b' is not valid"),
            (Config with { SessionCookieName = "AWSALBAPP" }, "The value 'AWSALBAPP' of 'SessionCookieName' is not supported"),
            (Config with { AuthenticationRequestExtraParams = Extra(11) },
                "You cannot specify more than 10 extra parameters of the authentication request"),
            (Config with { AuthenticationRequestExtraParams = new Dictionary<string, string> { ["state"] = "x" } },
                "The value 'state' of 'AuthenticationRequestExtraParams' is not supported"),
        ];
        foreach (var (config, message) in refused)
        {
            IReadOnlyList<Action> actions =
                [new() { Type = "authenticate-oidc", Order = 1, AuthenticateOidcConfig = config }, last];
            Assert.Equal(message, (await Assert.ThrowsAsync<ServiceRefusal>(() => _listeners.CreateRuleAsync(listener, actions))).Text);
        }

        var twice = await Assert.ThrowsAsync<ServiceRefusal>(
            () => _listeners.CreateRuleAsync(listener, [Oidc(Config, 1), Oidc(Config, 2), forward with { Order = 3 }]));
        Assert.Equal("Action types 'authenticate-oidc,authenticate-oidc,forward' cannot be specified together", twice.Text);
        var (plain, toPlain) = await _listeners.CreateAsync("HTTP");
        var onHttp = await Assert.ThrowsAsync<ServiceRefusal>(
            () => _listeners.CreateRuleAsync(plain, [Oidc(Config, 1), toPlain with { Order = 2 }]));
        Assert.Equal(
            ("InvalidLoadBalancerAction", "Actions of type 'authenticate-oidc' are supported only on HTTPS listeners"),
            (onHttp.Error.Code, onHttp.Text));
    }

    private static Action Oidc(AuthenticateOidcActionConfig config, int order) =>
        new() { Type = "authenticate-oidc", Order = order, AuthenticateOidcConfig = config };

    private Task<ModifyRuleResponse> ModifyRuleAsync(string rule, IReadOnlyList<Action> actions) => server.CallAsync(
        ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyRule, new() { RuleArn = rule, Actions = actions });
}
