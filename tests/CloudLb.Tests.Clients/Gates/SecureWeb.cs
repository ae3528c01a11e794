using System.Net.Http.Headers;
using CloudLb.Tests.Clients.Harness;
using CloudLb.Tests.Clients.Sequences;

namespace CloudLb.Tests.Clients.Gates;

/// <summary>An application load balancer with an HTTPS listener before one target.</summary>
internal sealed class SecureWeb
{
    private readonly V2Calls _calls;

    private SecureWeb(V2Calls calls, Uri url, string group) => (_calls, Url, Group) = (calls, url, group);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Uri Url { get; }

    /// <summary>The ARN of its target group.</summary>
    public string Group { get; }

    /// <summary>The ARN of its listener.</summary>
    public required string Listener { get; init; }

    /// <summary>One that follows no redirect, keeps no cookie and trusts whatever it is shown.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    public static async Task<SecureWeb> CreateAsync(CloudLbProcess server, string name, Backend target)
    {
        var calls = new V2Calls(new ElbApi(server.Url));
        var certificate = await ServerCertificateFiles.New($"{name}.example.com").UploadAsync(server.Url, name, Token);
        var (loadBalancer, plain) = await calls.ServeAsync(name, target);
        await calls.CallAsync($"Action=DeleteListener&ListenerArn={plain}");
        var group = (await calls.CallAsync($"Action=DescribeTargetGroups&Names.member.1={name}", "TargetGroupArn"))!;

        // What IAM was given is known elsewhere a moment later, as at AWS.
        var created = await Wait.ForAsync(
            () => new ElbApi(server.Url).SendAsync(
                $"Action=CreateListener&LoadBalancerArn={loadBalancer}&Protocol=HTTPS&Port=443&Certificates.member.1.CertificateArn=" +
                $"{certificate}&DefaultActions.member.1.Type=forward&DefaultActions.member.1.TargetGroupArn={group}&Version=2015-12-01",
                Token),
            answer => answer.Status == 200, Token);
        var listener = created.Value("ListenerArn")!;
        var address = (await server.TrafficUrlAsync(name, Token)).Host;
        var web = new SecureWeb(calls, new($"https://{address}/"), group) { Listener = listener };
        await Wait.ForAsync(() => web.StatusAsync("/"), status => status == 200, Token);
        return web;
    }

    /// <summary>Has the default rule do this before it forwards; each is the name and the value of a parameter.</summary>
    public Task AskFirstAsync(params (string Name, string Value)[] action) => _calls.CallAsync(
        $"Action=ModifyListener&ListenerArn={Listener}" +
        string.Concat(action.Select(each => $"&DefaultActions.member.1.{each.Name}={Uri.EscapeDataString(each.Value)}")) +
        "&DefaultActions.member.1.Order=1&DefaultActions.member.2.Order=2&DefaultActions.member.2.Type=forward" +
        $"&DefaultActions.member.2.TargetGroupArn={Group}");

    /// <summary>The status of an answer; 0 where there is none.</summary>
    public async Task<int> StatusAsync(string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            using var response = await Http.SendAsync(request, Token);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    /// <summary>Returns when that is the answer.</summary>
    public Task AnswersAsync(int status, string path, string? token = null) =>
        Wait.ForAsync(() => StatusAsync(path, token), seen => seen == status, Token);
}
