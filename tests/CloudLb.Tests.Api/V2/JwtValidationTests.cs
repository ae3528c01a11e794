using CloudLb.ElbV2.Contracts;
using CloudLb.Tests.Api.Certificates;
using Action = CloudLb.ElbV2.Contracts.Action;

namespace CloudLb.Tests.Api.V2;

/// <summary>Actions that ask requests for a token, as a client of the API sees them.</summary>
public sealed class JwtValidationTests(SecureServer server) : IClassFixture<SecureServer>
{
    private readonly GatedListeners _listeners = new(server);

    private static readonly JwtValidationActionConfig Config = new()
    {
        JwksEndpoint = "https://issuer.test/keys?a=b",
        Issuer = "https://issuer.test",
        AdditionalClaims =
        [
            new() { Format = "single-string", Name = "https://a.test/role", Values = ["é \"x\""] },
            new() { Format = "string-array", Name = "roles", Values = ["a b", "c"] },
            new() { Format = "space-separated-values", Name = "scope", Values = ["read", "write"] },
        ],
    };

    [Fact]
    public async Task An_action_is_shown_as_it_was_given_before_the_last_one()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var rule = (await _listeners.CreateRuleAsync(listener, [forward with { Order = 7 }, Jwt(Config, 3)])).Rules![0];

        Assert.Equal([("jwt-validation", 3), ("forward", 7)], rule.Actions!.Select(action => (action.Type, action.Order!.Value)));
        var shown = (await server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.DescribeRules,
            new() { RuleArns = [rule.RuleArn!] })).Rules![0].Actions![0].JwtValidationConfig!;
        Assert.Equal((Config.JwksEndpoint, Config.Issuer), (shown.JwksEndpoint, shown.Issuer));
        Assert.Equal(
            Config.AdditionalClaims!.Select(claim => (claim.Format, claim.Name, string.Join('|', claim.Values))),
            shown.AdditionalClaims!.Select(claim => (claim.Format, claim.Name, string.Join('|', claim.Values))));

        var modified = (
            await _listeners.ModifyAsync(listener, [Jwt(Config with { AdditionalClaims = null }, 1), forward with { Order = 2 }]))
            .DefaultActions!;
        Assert.Equal(["jwt-validation", "forward"], modified.Select(action => action.Type));
        Assert.Null(modified[0].JwtValidationConfig!.AdditionalClaims);
        var plain = await Assert.ThrowsAsync<ServiceRefusal>(() => server.CallAsync(
            ElasticLoadBalancingV2Contract.Service, ElasticLoadBalancingV2Contract.ModifyListener,
            new() { ListenerArn = listener, Protocol = "HTTP" }));
        Assert.Equal("Actions of type 'jwt-validation' are supported only on HTTPS listeners", plain.Text);
    }

    [Fact]
    public async Task What_AWS_does_not_take_is_refused()
    {
        var (listener, forward) = await _listeners.CreateAsync("HTTPS");
        var last = forward with { Order = 2 };
        (IReadOnlyList<Action> Actions, string Message)[] refused =
        [
            ([Jwt(Config, 1)], "An action of type 'forward', 'redirect', 'fixed-response' must be specified"),
            ([Jwt(Config, 2), last with { Order = 1 }], "An action of type 'forward' must have a higher order than all other actions"),
            ([Jwt(Config, 2), last], "An action of type 'forward' must have a higher order than all other actions"),
            ([Jwt(Config, 1), Jwt(Config, 1), last],
                "Action types 'jwt-validation,jwt-validation,forward' cannot be specified together"),
            ([Jwt(Config, 1), last with { Order = null }], "When you specify multiple actions, you must specify an order for each action"),
            ([new() { Type = "jwt-validation", Order = 1 }, last],
                "For actions of type 'jwt-validation', you must specify the following fields: 'JwtValidationConfig'"),
            ([new() { Type = "authenticate-cognito", Order = 1 }, last],
                "Action type 'authenticate-cognito' must be one of 'redirect,fixed-response,forward,authenticate-oidc,jwt-validation'"),
            .. new[]
            {
                "", "http://issuer.test/", "issuer.test", "https://a:b@issuer.test/", "https://issuer.test/#a", "https://issuer.test/\"",
                "https://issuer.test/a b", "https:///", $"https://issuer.test/{new string('a', 256)}",
            }.Select(url => (
                (IReadOnlyList<Action>)[Jwt(Config with { JwksEndpoint = url }, 1), last],
                $"The '{(url.Length > 256 ? url[..256] + "..." : url)}' URL is not valid")),
            ([Jwt(Config with { Issuer = "" }, 1), last], "The Issuer parameter cannot be empty"),
            ([Jwt(Config with { Issuer = new('a', 257) }, 1), last], "The Issuer parameter cannot be longer than '256' characters"),
            ([Jwt(Config with { Issuer = "a\tb" }, 1), last], "The value 'a\tb' of 'Issuer' is not supported"),
            ([Jwt(Claim("single-string", "iss", "a"), 1), last],
                "You cannot specify the claim 'iss', as it is validated by default"),
            ([Jwt(Claim("single-string", "a", "b", "c"), 1), last],
                "You can specify only one value for the claim 'a' of the format 'single-string'"),
            ([Jwt(Claim("space-separated-values", "a", "b c"), 1), last], "The values of the claim 'a' cannot include spaces"),
            ([Jwt(Claim("string-array", "a", [.. Enumerable.Repeat("b", 11)]), 1), last],
                "You must specify between 1 and 10 values for the claim 'a'"),
            ([Jwt(Config with { AdditionalClaims = [.. Enumerable.Repeat(Config.AdditionalClaims![0], 11)] }, 1), last],
                "You cannot specify more than 10 additional claims"),
        ];

        foreach (var (actions, message) in refused)
        {
            Assert.Equal(message, (await Assert.ThrowsAsync<ServiceRefusal>(() => _listeners.CreateRuleAsync(listener, actions))).Text);
        }

        var (plain, toPlain) = await _listeners.CreateAsync("HTTP");
        var onHttp = await Assert.ThrowsAsync<ServiceRefusal>(
            () => _listeners.CreateRuleAsync(plain, [Jwt(Config, 1), toPlain with { Order = 2 }]));
        Assert.Equal(
            ("InvalidLoadBalancerAction", "Actions of type 'jwt-validation' are supported only on HTTPS listeners"),
            (onHttp.Error.Code, onHttp.Text));
    }

    private static Action Jwt(JwtValidationActionConfig config, int order) =>
        new() { Type = "jwt-validation", Order = order, JwtValidationConfig = config };

    private static JwtValidationActionConfig Claim(string format, string name, params string[] values) =>
        Config with { AdditionalClaims = [new() { Format = format, Name = name, Values = values }] };
}
