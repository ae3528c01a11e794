using CloudLb.Elb.Contracts;
using CloudLb.Tools.Calling;
using CloudLb.Tools.Grammars;
using CloudLb.Tools.Parsing;

namespace CloudLb.Tools.Definitions;

/// <summary>Listeners are made, deleted, and given certificates.</summary>
internal static class ListenerCommands
{
    private const string Ports = "lb-ports", Certificate = "cert-id";

    public static IReadOnlyList<ToolCommand> All { get; } =
    [
        new()
        {
            Name = "create-lb-listeners", Summary = "Makes listeners of a load balancer.",
            Positionals = [Parts.LoadBalancer], Options = [Parts.Listener],
            JavaOutput = "OK-Creating LoadBalancer Listener",
            Call = new Call<CreateLoadBalancerListenersRequest, CreateLoadBalancerListenersResponse>(
                ElasticLoadBalancingContract.CreateLoadBalancerListeners)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, Listeners = ListenersOf(arguments) },
                Otherwise = "OK-Creating LoadBalancer Listener",
            },
        },
        new()
        {
            Name = "delete-lb-listeners", Summary = "Deletes listeners of a load balancer.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                new()
                {
                    Name = Ports, Short = 'l', Value = "PORT1,PORT2", IsList = true, IsRequired = true,
                    Summary = "The listeners' ports, comma-separated.",
                },
                Parts.Force,
            ],
            Question = "Clients of these listeners of load balancer {0} will lose the service. Are you sure you want to delete them?",
            JavaOutput = "OK-Deleting LoadBalancer Listener",
            Call = new Call<DeleteLoadBalancerListenersRequest, DeleteLoadBalancerListenersResponse>(
                ElasticLoadBalancingContract.DeleteLoadBalancerListeners)
            {
                Request = arguments => new() { LoadBalancerName = arguments.LoadBalancer, LoadBalancerPorts = arguments.Numbers(Ports) },
                Otherwise = "OK-Deleting LoadBalancer Listener",
            },
        },
        new()
        {
            Name = "set-lb-listener-ssl-cert", Summary = "Gives a listener another certificate.",
            Positionals = [Parts.LoadBalancer],
            Options =
            [
                Parts.LoadBalancerPort,
                new() { Name = Certificate, Short = 'c', Value = "ARN", IsRequired = true, Summary = "The certificate's ARN." },
            ],
            JavaOutput = "OK-Setting SSL Certificate",
            Call = new Call<SetLoadBalancerListenerSSLCertificateRequest, SetLoadBalancerListenerSSLCertificateResponse>(
                ElasticLoadBalancingContract.SetLoadBalancerListenerSSLCertificate)
            {
                Request = arguments => new()
                {
                    LoadBalancerName = arguments.LoadBalancer, LoadBalancerPort = arguments.Number(Parts.LoadBalancerPort.Name),
                    SSLCertificateId = arguments.Value(Certificate),
                },
                Otherwise = "OK-Setting SSL Certificate",
            },
        },
    ];

    public static IReadOnlyList<Listener> ListenersOf(Arguments arguments) =>
        [.. arguments.All(Parts.Listener.Name).Select(ListenerText.Parse)];
}
