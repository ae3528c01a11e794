// Makes load balancers in the data directory given, from eight callers at once, and prints the name of each as soon as it is answered, or
// an exclamation mark and the refusal; ends when killed.
using System.Net;
using System.Runtime.InteropServices;
using CloudLb.Core;
using CloudLb.Core.Accounts;
using CloudLb.Core.Certificates;
using CloudLb.Core.Resources;
using CloudLb.Elb.Domain;
using CloudLb.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// SIGXFSZ, whose default is to end the process: a write past the limit of a file's size shall fail as on a broken disk.
using var ignored = PosixSignalRegistration.Create((PosixSignal)25, signal => signal.Cancel = true);
var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
services.AddResourceKind(LoadBalancerCollection.Kind).AddResourceKind(CertificateCollection.Kind).AddResourceKind(KnownAccessKeys.Kind)
    .AddResourceKind(MemberCollection.Kind);
services.AddSqliteStore(args[0]);
await using var provider = services.BuildServiceProvider();
var store = provider.GetRequiredService<IResourceStore>();
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };

await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
{
    for (var number = 0; ; number++)
    {
        var key = new LoadBalancerKey(new("123456789012"), "us-east-1", $"{args[1]}-{caller}-{number}");
        string line;
        try
        {
            await store.CreateAsync(key, _ => LoadBalancer(key), CancellationToken.None);
            line = key.Name;
        }
        catch (ServiceException refusal)
        {
            line = $"!{refusal.Message}";
        }

        lock (output)
        {
            output.WriteLine(line);
        }
    }
})));

static LoadBalancer LoadBalancer(LoadBalancerKey key) => new()
{
    Key = key,
    DnsName = $"{key.Name}.elb.localhost",
    Address = IPAddress.Loopback,
    Scheme = LoadBalancerScheme.InternetFacing,
    CreatedTime = DateTimeOffset.UnixEpoch,
    Listeners = [],
    AvailabilityZones = [],
    HealthCheck = HealthCheck.Default(80),
};
