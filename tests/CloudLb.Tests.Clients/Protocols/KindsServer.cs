using System.Net;
using CloudLb.AwsApi;
using CloudLb.AwsApi.SigV4;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Protocols.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudLb.Tests.Clients.Protocols;

/// <summary>A Kestrel on a free port that serves the service with every kind of member, in every protocol.</summary>
public sealed class KindsServer : IAsyncLifetime
{
    private readonly WebApplication _app;

    public KindsServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ICredentialSource, FirstAccount>();
        builder.Services.AddAwsApi();
        var service = KindsContract.Service;
        AddService(service);

        // A service speaks one JSON, and has one form.
        AddService(service with
        {
            Version = "none", Protocols = [WireProtocol.Json11], TargetPrefix = "Kinds11_20200101", IsQueryCompatible = false,
        });
        AddService(service with { Version = "2020-01-02", Protocols = [WireProtocol.Ec2], TargetPrefix = null, IsQueryCompatible = false });
        _app = builder.Build();
        _app.MapAwsApi();

        void AddService(ServiceContract contract) => builder.Services.AddApiService(
            contract, operations => operations.Add<KindsEcho>().Add<KindsListThings>().Add<KindsPing>());
    }

    public Uri Url { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Url = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class FirstAccount : ICredentialSource
    {
        public ValueTask<SigningCredential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) =>
            ValueTask.FromResult<SigningCredential?>(new()
        {
            AccessKeyId = accessKeyId,
            SecretAccessKey = Account.First.SecretAccessKey,
            Account = Account.First.Id,
            Arn = $"arn:aws:iam::{Account.First.Id}:root",
            UserId = Account.First.Id,
            IsActive = true,
        });
    }
}
