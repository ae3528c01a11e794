// Makes load balancers in the data directory given, from eight callers at once, and prints the name of each as soon as it is answered; ends when killed.
using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.LoadBalancers;
using CloudLb.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
services.AddSqliteStore().Configure(options => options.DataDirectory = args[0]);
await using var provider = services.BuildServiceProvider();
var store = provider.GetRequiredService<ILoadBalancerStore>();
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };

await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
{
    for (var number = 0; ; number++)
    {
        var key = new LoadBalancerKey(new("123456789012"), "us-east-1", $"{args[1]}-{caller}-{number}");
        await store.CreateAsync(
            key,
            _ => new()
            {
                Key = key,
                DnsName = $"{key.Name}.elb.localhost",
                Address = IPAddress.Loopback,
                Scheme = LoadBalancerScheme.InternetFacing,
                CreatedTime = DateTimeOffset.UnixEpoch,
                Listeners = [],
                AvailabilityZones = [],
                HealthCheck = HealthCheck.Default(80),
            },
            CancellationToken.None);
        lock (output)
        {
            output.WriteLine(key.Name);
        }
    }
})));
