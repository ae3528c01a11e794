using System.Text;
using System.Xml.Linq;
using CloudLb.AwsApi.SigV4;

namespace CloudLb.Tests.Clients.Harness;

/// <summary>The API by plain signed forms: for what surrounds a test, where starting one of AWS's clients would only cost time.</summary>
internal sealed class ElbApi(
    Uri url, Account? account = null, string region = Account.Region, string service = "elasticloadbalancing", TimeProvider? clock = null)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public SigV4Signer Signer { get; } =
        new(
            (account ?? Account.First).AccessKeyId, (account ?? Account.First).SecretAccessKey, region, service,
            clock ?? TimeProvider.System);

    /// <summary>Calls an action that must succeed.</summary>
    /// <param name="form">Without the version: <c>Action=…&amp;LoadBalancerName=…</c>.</param>
    public async Task<Answer> CallAsync(string form, CancellationToken cancellationToken)
    {
        var answer = await SendAsync($"{form}&Version=2012-06-01", cancellationToken);
        Assert.True(answer.Status == 200, $"{form} was answered {answer.Body}");
        return answer;
    }

    public Task<Answer> SendAsync(string form, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        },
        cancellationToken);

    public async Task<Answer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Signer.SignAsync(request, cancellationToken);
        return await SendUnsignedAsync(request, cancellationToken);
    }

    public static async Task<Answer> SendUnsignedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await Http.SendAsync(request, cancellationToken);
        return new(
            (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(cancellationToken),
            response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.Single() : null);
    }

    /// <summary>
    /// Makes a load balancer with a web listener and a health check on <c>/health</c> of the fewest checks and seconds that AWS allows.
    /// </summary>
    public async Task CreateWebAsync(
        string name, int instancePort, CancellationToken cancellationToken, string healthTarget = "HTTP:{0}/health")
    {
        await CallAsync(
            $"Action=CreateLoadBalancer&LoadBalancerName={name}&AvailabilityZones.member.1={region}a&Listeners.member.1.Protocol=HTTP" +
            $"&Listeners.member.1.LoadBalancerPort={Ports.Http}&Listeners.member.1.InstancePort={instancePort}",
            cancellationToken);
        await CallAsync(
            $"Action=ConfigureHealthCheck&LoadBalancerName={name}" +
            $"&HealthCheck.Target={Uri.EscapeDataString(string.Format(null, healthTarget, instancePort))}" +
            "&HealthCheck.Interval=5&HealthCheck.Timeout=2&HealthCheck.HealthyThreshold=2&HealthCheck.UnhealthyThreshold=2",
            cancellationToken);
    }

    /// <summary>Makes a load balancer with one instance, which is in service when this ends.</summary>
    public async Task ServeAsync(string name, Backend instance, CancellationToken cancellationToken)
    {
        await CreateWebAsync(name, instance.Port, cancellationToken);
        await RegisterAsync(name, instance.Address, cancellationToken);
        await BecomesAsync(name, instance.Address, "InService", cancellationToken);
    }

    public async Task RegisterAsync(string name, string instanceId, CancellationToken cancellationToken) =>
        await CallAsync(
            $"Action=RegisterInstancesWithLoadBalancer&LoadBalancerName={name}&Instances.member.1.InstanceId={instanceId}",
            cancellationToken);

    public async Task DeregisterAsync(string name, string instanceId, CancellationToken cancellationToken) =>
        await CallAsync(
            $"Action=DeregisterInstancesFromLoadBalancer&LoadBalancerName={name}&Instances.member.1.InstanceId={instanceId}",
            cancellationToken);

    /// <summary>The state of one instance, and its description.</summary>
    public async Task<(string State, string Description)> HealthAsync(string name, string instanceId, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            $"Action=DescribeInstanceHealth&LoadBalancerName={name}&Instances.member.1.InstanceId={instanceId}", cancellationToken);
        return (answer.Value("State")!, answer.Value("Description")!);
    }

    public Task<(string State, string Description)> BecomesAsync(
        string name, string instanceId, string state, CancellationToken cancellationToken) =>
        Wait.ForAsync(() => HealthAsync(name, instanceId, cancellationToken), health => health.State == state, cancellationToken);

    /// <summary>What came back; members are found by their name wherever they stand.</summary>
    public sealed record Answer(int Status, string? ContentType, string Body, string? RequestId)
    {
        public string? Code => Value("Code");

        public string? Message => Value("Message");

        public string? Value(string member) => Values(member).FirstOrDefault();

        public IEnumerable<string> Values(string member) =>
            XDocument.Parse(Body).Descendants().Where(element => element.Name.LocalName == member).Select(element => element.Value);
    }
}
