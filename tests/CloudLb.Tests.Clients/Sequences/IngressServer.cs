using CloudLb.Tests.Clients.Fixtures;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Sequences;

/// <summary>A server with the inventory of the fixtures of version 2, and three accounts.</summary>
public sealed class IngressServer : IAsyncLifetime
{
    private const string ControllerAgent = "elbv2.k8s.aws/v2.13.4 aws-sdk-go-v2/1.36.3 os/linux lang/go#1.24.2 md/GOOS#linux " +
        "md/GOARCH#amd64 api/elasticloadbalancingv2#1.43.1";

    private CloudLbProcess? _process;

    public async ValueTask InitializeAsync()
    {
        if (Installed.IsHAProxyThere)
        {
            _process = await CloudLbProcess.StartAsync(
                TestContext.Current.CancellationToken,
                ("DnsSuffix", "elb.amazonaws.com"),
                ("Inventory:File", Path.Combine(SourceFolder.Fixtures, Fixture.V2, "inventory.json")),
                ("AccessKeys:1:AccountId", AccountOf(0).Id),
                ("AccessKeys:1:AccessKeyId", AccountOf(0).AccessKeyId),
                ("AccessKeys:1:SecretAccessKey", AccountOf(0).SecretAccessKey),
                ("AccessKeys:2:AccountId", AccountOf(1).Id),
                ("AccessKeys:2:AccessKeyId", AccountOf(1).AccessKeyId),
                ("AccessKeys:2:SecretAccessKey", AccountOf(1).SecretAccessKey),
                ("AccessKeys:3:AccountId", AccountOf(2).Id),
                ("AccessKeys:3:AccessKeyId", AccountOf(2).AccessKeyId),
                ("AccessKeys:3:SecretAccessKey", AccountOf(2).SecretAccessKey));
        }
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal GoSdk Controller(int account)
    {
        Installed.HAProxyOrSkip();
        return new(_process!.Url, AccountOf(account), ControllerAgent);
    }

    /// <summary>The ARN of a certificate that an account has.</summary>
    internal Task<string> CertificateAsync(int account, string name) => ServerCertificateFiles.New($"{name}.test").UploadAsync(
        _process!.Url, name, TestContext.Current.CancellationToken, AccountOf(account));

    private static Account AccountOf(int number) =>
        new($"{410_000_000_000 + number}", $"AKIDINGRESS{number}", Account.First.SecretAccessKey);
}
