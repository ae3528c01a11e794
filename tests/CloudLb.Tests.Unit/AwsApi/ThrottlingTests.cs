using CloudLb.AwsApi;
using CloudLb.AwsApi.Throttling;
using CloudLb.Core.Accounts;
using CloudLb.Tests.Unit.Iam;

namespace CloudLb.Tests.Unit.AwsApi;

public sealed class ThrottlingTests : IAsyncLifetime
{
    private const string Form = "Action=Echo&Version=2012-06-01&Text=hello";
    private readonly DemoServer _server = new([], configure: services => services
        .AddAccountThrottling(new ThrottlingOptions { RequestsPerSecond = 2, Burst = 3 })
        .AddAccessKeys(Key("AKIDONE", "111111111111"), Key("AKIDTWO", "111111111111"), Key("AKIDOTHER", "222222222222")));

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_account_that_asks_too_fast_gets_AWS_s_error_whatever_its_key_and_others_do_not()
    {
        Assert.Equal(200, await StatusAsync("AKIDONE"));
        Assert.Equal(200, await StatusAsync("AKIDTWO"));
        Assert.Equal(200, await StatusAsync("AKIDONE"));
        Assert.Equal((400, "Throttling", "Rate exceeded"), (await SendAsync("AKIDTWO")).Error);
        Assert.Equal(200, await StatusAsync("AKIDOTHER"));
    }

    [Fact]
    public async Task Requests_are_let_through_again_at_the_rate_and_never_more_than_the_burst()
    {
        await SpendAsync(3);

        _server.Clock.Now += TimeSpan.FromSeconds(0.5);
        await SpendAsync(1);

        _server.Clock.Now += TimeSpan.FromMinutes(10);
        await SpendAsync(3);
    }

    [Fact]
    public async Task A_request_whose_signature_is_refused_costs_the_account_nothing()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("SignatureDoesNotMatch", (await SendAsync("AKIDONE", "wrong")).Code);
        }

        await SpendAsync(3);
    }

    private static AccessKey Key(string id, string account) =>
        new() { AccessKeyId = id, SecretAccessKey = "secret", Account = new(account) };

    /// <summary>So many are let through, and not one more.</summary>
    private async Task SpendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(200, await StatusAsync("AKIDONE"));
        }

        Assert.Equal(400, await StatusAsync("AKIDONE"));
    }

    private async Task<int> StatusAsync(string keyId) => (await SendAsync(keyId)).Status;

    private async Task<Answer> SendAsync(string keyId, string secret = "secret")
    {
        var request = _server.Post(Form);
        await _server.SignerFor(keyId, secret).SignAsync(request, TestContext.Current.CancellationToken);
        return await _server.SendAsync(request);
    }
}
