using CloudLb.Core.Inventory;
using CloudLb.Core.Traffic.Status;
using CloudLb.Core.Traffic.Told;
using CloudLb.Elb.Domain;
using CloudLb.Elb.Health;

namespace CloudLb.Elb.Status;

/// <summary>
/// Why an instance is in service, or not. A function of the facts; what comes first decides: registration, zone, listeners, data plane,
/// checks.
/// </summary>
internal static class InstanceReasons
{
    private const int InstancesNamed = 5;

    public static ToldReasons Explain(InstanceFacts facts)
    {
        var reasoning = facts.Registered is { } registered ? OfRegistered(facts, registered) : OfUnregistered(facts);
        return new()
        {
            InstanceId = facts.InstanceId,
            IsInService = reasoning.IsInService,
            Cause = reasoning.Cause,
            Numbers = Numbers(facts),
            State = facts.Health.State.ToString(),
            ReasonCode = facts.Health.ReasonCode,
            Description = facts.Health.Description,
            Summary = reasoning.Summary,
            Reasons = reasoning.Reasons,
            Advice = reasoning.Advice,
        };
    }

    private static ToldNumbers Numbers(InstanceFacts facts)
    {
        var (check, instance) = (facts.LoadBalancer.HealthCheck, facts.AtEngine is { IsThere: true } there ? there : null);
        return new()
        {
            LastCheck = instance?.LastCheck ?? instance?.FirstProbe,
            Passes = instance is { IsUp: false } ? instance.PassesInARow : null,
            Failures = instance is { IsUp: true } ? instance.FailuresInARow : null,
            HealthyThreshold = check.HealthyThreshold,
            UnhealthyThreshold = check.UnhealthyThreshold,
            Interval = check.Interval,
            Timeout = check.Timeout,
            Sessions = facts.AtEngine?.Sessions,
            Unanswered = facts.AtEngine?.Unanswered,
            DrainingUntil = facts.Draining?.Until,
        };
    }

    private static Reasoning OfUnregistered(InstanceFacts facts)
    {
        var (id, name) = (facts.InstanceId, facts.LoadBalancer.Key.Name);
        var register = $"Register it: {facts.Elb} register-instances-with-load-balancer --load-balancer-name {name} --instances {id}";
        if (facts.Draining is { } draining)
        {
            var left = facts.AtEngine?.Sessions ?? 0;
            return Reasoning.Not(ToldCause.Draining, $"{id} was deregistered from {name} and takes no new requests.")
                .Because(
                    $"Connection draining lets it finish what it has until {Moment.At(draining.Until)}, in " +
                        $"{Moment.For(draining.Until - facts.Now)}; what is left then is cut.",
                    left == 0 ? "It has nothing left to finish." : $"It has {Count(left, "session")} left.",
                    "While it drains the API calls it InService, as AWS does.")
                .Advising($"To have it back, also before that: {register[..1].ToLowerInvariant()}{register[1..]}");
        }

        var wasHere = facts.LoadBalancer.WasRegistered(id);
        return Reasoning.Not(
                ToldCause.NotRegistered,
                wasHere
                    ? $"{id} is not registered with {name} any more: it was deregistered."
                    : $"{id} is not registered with {name}, and was not lately.")
            .Because(EndedLease(facts))
            .Because(Registered(facts.LoadBalancer), Whereabouts(facts))
            .Advising(
                facts.Known is null && !InstanceId.IsHostName(id)
                    ? "First let the inventory know its address (docs/inventory.md), or register it by its address."
                    : null,
                register);
    }

    private static string[] EndedLease(InstanceFacts facts) => facts.LeaseEnd is { } end
        ? [$"Its lease ended at {Moment.At(end.Time)}: the member {end.Member.Name} had not registered it again in time."]
        : [];

    private static string Registered(LoadBalancer loadBalancer) => loadBalancer.Instances.Count switch
    {
        0 => $"{loadBalancer.Key.Name} has no registered instance.",
        var count => $"Registered with {loadBalancer.Key.Name}: " +
            $"{string.Join(", ", loadBalancer.Instances.Take(InstancesNamed).Select(instance => instance.InstanceId))}" +
            (count > InstancesNamed ? $" and {count - InstancesNamed} more." : "."),
    };

    private static string Whereabouts(InstanceFacts facts) => facts.Known switch
    {
        { AvailabilityZone: { } zone } known => $"The inventory has it at {known.Address} in {zone}.",
        { } known => $"It would be reached at {known.Address}.",
        _ when InstanceId.IsHostName(facts.InstanceId) => "It is taken for a host name, which is looked up when it is registered.",
        _ => "Its address is unknown: it is not in the inventory.",
    };

    private static Reasoning OfRegistered(InstanceFacts facts, Instance registered)
    {
        var (id, name) = (facts.InstanceId, facts.LoadBalancer.Key.Name);
        if (facts.Health == InstanceHealth.Terminated)
        {
            return Reasoning.Not(ToldCause.Terminated, $"{id} is terminated: the EC2 endpoint of the inventory says so.")
                .Because("Nothing more is sent to its address, which may be another's by now.")
                .Advising($"Deregister it: {facts.Elb} deregister-instances-from-load-balancer --load-balancer-name {name} --instances " +
                    $"{id}");
        }

        if (facts.Health == InstanceHealth.Stopped)
        {
            return Reasoning.Not(ToldCause.Stopped, $"{id} is stopped: the EC2 endpoint of the inventory says so.")
                .Because("Nothing is sent to it, and nothing checks it, until the endpoint says that it runs.")
                .Advising("Start it where it was stopped.");
        }

        var place = Place(facts, registered);
        if (facts.Fault is { } fault)
        {
            return Reasoning.Not(ToldCause.NotAllowed, $"{id} may not be a target: {fault.Reason}.")
                .Because("Nothing is sent to it, and nothing checks it (docs/targets.md).", place)
                .Advising(
                    "Register the machine that is meant by another address, or change the port.",
                    "Networks are allowed and forbidden by Targets:Allowed and Targets:Forbidden; an account's instances are told by the " +
                        "inventory.");
        }

        if (facts.Health == InstanceHealth.ZoneNotEnabled)
        {
            return Reasoning.Not(ToldCause.ZoneNotEnabled, $"{id} is in {facts.Zone}, a zone that {name} does not serve.")
                .Because(place, $"{name} serves {string.Join(", ", facts.LoadBalancer.AvailabilityZones)}.")
                .Advising(
                    $"Enable the zone: {facts.Elb} enable-availability-zones-for-load-balancer --load-balancer-name {name} " +
                        $"--availability-zones {facts.Zone}",
                    facts.LoadBalancer.VpcId is null
                        ? null
                        : $"In a VPC other than the default one, attach a subnet of that zone instead: {facts.Elb} " +
                            $"attach-load-balancer-to-subnets --load-balancer-name {name} --subnets SUBNET");
        }

        var reasoning = NotServed(facts) ?? NotAuthentic(facts) ?? NotTakenUp(facts) ?? CheckReasons.Of(facts, facts.AtEngine!);
        return reasoning.Because(place).Because(PartlyServed(facts));
    }

    private static string Place(InstanceFacts facts, Instance registered)
    {
        var zone = facts.Zone is { } known ? $" in {known}" : "";
        return facts.Known is null
            ? $"It is registered at {registered.Address}{zone}; the inventory does not know it any more, and what it said then stays in " +
                "force."
            : $"It is registered, at {facts.Address}{zone}.";
    }

    /// <summary>Null where requests can come in.</summary>
    private static Reasoning? NotServed(InstanceFacts facts)
    {
        var (loadBalancer, name) = (facts.LoadBalancer, facts.LoadBalancer.Key.Name);
        if (facts.IsUnchecked)
        {
            var fault = facts.Faults.FirstOrDefault(fault => fault.Port is null)?.Reason ?? $"{facts.Engine} has not taken it";
            return Reasoning.Not(ToldCause.NotServed, $"Nothing of {name} is served, and its instances are not checked: {fault}")
                .Advising("Put that right; CloudLb tries again by itself.");
        }

        if (loadBalancer.Listeners.Count == 0)
        {
            return Reasoning.Not(ToldCause.NoListener, $"{name} has no listener, so that no request reaches {facts.InstanceId}.")
                .Because($"Its instances are checked all the same: the API says {facts.Health.State}.")
                .Advising($"Make one: {facts.Elb} create-load-balancer-listeners --load-balancer-name {name} --listeners " +
                    "Protocol=HTTP,LoadBalancerPort=80,InstanceProtocol=HTTP,InstancePort=80");
        }

        return loadBalancer.Listeners.All(listener => facts.Faults.Any(fault => fault.IsOf(listener.LoadBalancerPort)))
            ? Reasoning.Not(ToldCause.NotServed, $"No listener of {name} is served, so that no request reaches {facts.InstanceId}.")
                .Because(
                    facts.Health.State == InstanceState.InService
                        ? "Its checks pass, and the API says InService."
                        : $"The API says {facts.Health.State}: {facts.Health.Description}")
                .Advising("Put right what is said of the listeners; CloudLb tries again by itself.")
            : null;
    }

    private static IEnumerable<string> PartlyServed(InstanceFacts facts) =>
        facts.Faults.Where(fault => !facts.IsUnchecked || fault.Port is not null)
        .Select(fault => fault.Port is { } port
            ? $"Listener {port} is not served{(fault.Address is { } address ? $" at {address}" : "")}: {fault.Reason}"
            : $"{facts.LoadBalancer.Key.Name} is served as it was before its last change, which was refused: {fault.Reason}");

    /// <summary>Null unless policies say whose public keys are accepted, and the instance has not shown one of them.</summary>
    private static Reasoning? NotAuthentic(InstanceFacts facts)
    {
        var (id, loadBalancer, address) = (facts.InstanceId, facts.LoadBalancer, facts.Address);
        var ports = loadBalancer.Listeners.Where(listener => listener.IsInstanceSecure).Select(listener => listener.InstancePort).Distinct()
            .Select(port => (Port: port, Keys: loadBalancer.AcceptedKeysOf(port))).Where(port => port.Keys is not null).ToList();
        var isUnseen = ports.Any(port => port.Port == loadBalancer.Listeners[0].InstancePort) && facts.Served is { Silence: null }
            && facts.AtEngine is not { IsThere: true } && facts.Health.State != InstanceState.InService;
        if (facts.Health != InstanceHealth.NotAuthentic && !isUnseen)
        {
            return null;
        }

        var policies = ports.Select(port => $"On port {port.Port} it must show one of {Count(port.Keys!.Value.Count, "public key")}: the " +
            "policies " +
            $"{string.Join(", ", loadBalancer.PoliciesOfInstancePort(port.Port).Select(policy => policy.Name))} say so.");
        return isUnseen && facts.Health != InstanceHealth.NotAuthentic
            ? Reasoning.Not(ToldCause.NotAuthentic, $"{id} is not in service at {loadBalancer.Key.Name}: {facts.Engine} is not given it " +
                "before its certificate has been seen, and none could be had yet.")
                .Because(policies)
                .Advising("Does the program listen there and speak TLS? Try: openssl s_client -connect " +
                    $"{Host(address!)}:{loadBalancer.Listeners[0].InstancePort}")
            : Reasoning.Not(ToldCause.NotAuthentic, $"{id} is not in service at {loadBalancer.Key.Name}: the public key of its " +
                "certificate is none of those that are accepted.")
                .Because(policies)
                .Because($"Nothing is sent to it until that is put right; the API says: {facts.Health.Description}")
                .Advising(
                [
                    .. ports.Select(port => $"See its key: openssl s_client -connect {Host(address!)}:{port.Port} </dev/null | openssl " +
                        "x509 -noout -pubkey"),
                    "Give the instance the right certificate, or accept its key: a policy of the type PublicKeyPolicyType, named by one " +
                        "of the type BackendServerAuthenticationPolicyType on that port.",
                ]);
    }

    private static string Host(string address) => address.Contains(':') ? $"[{address}]" : address;

    /// <summary>Null where the data plane has the instance.</summary>
    private static Reasoning? NotTakenUp(InstanceFacts facts)
    {
        var (id, name) = (facts.InstanceId, facts.LoadBalancer.Key.Name);
        if (facts.Served is not { } served)
        {
            return Reasoning.Not(ToldCause.NotTakenUp, $"{name} has not been given to {facts.Engine} yet.").Because("That takes " +
                "milliseconds as a rule.").Advising(LookAgain(facts));
        }

        if (served.Silence is { } silence)
        {
            return (facts.Health.State == InstanceState.InService ? Reasoning.InService($"{id} is in service at {name} by what was known " +
                "last.") : Reasoning.Not(ToldCause.Silent, $"{id} is not in service at {name}."))
                .Because($"{facts.Engine} could not be asked: {silence}.", $"The API says {facts.Health.State}: {facts.Health.Description}")
                .Advising($"CloudLb starts a process that has died by itself: see its log for cell {served.Process.Number}.");
        }

        if (facts.AtEngine is { IsThere: true })
        {
            return null;
        }

        return facts.Health == InstanceHealth.Registering
            ? Reasoning.Not(ToldCause.NotTakenUp, $"{id} has not been given to {facts.Engine} yet.").Because("That takes milliseconds as " +
                "a rule.").Advising(LookAgain(facts))
            : Reasoning.Not(ToldCause.NotTakenUp, $"{id} is not in service at {name}: {facts.Health.Description}")
                .Because($"{facts.Engine} has not been given it.");
    }

    private static string LookAgain(InstanceFacts facts) => "Look again in a moment; if that stays, CloudLb's log says what keeps it " +
        $"from {facts.Engine}.";

    private static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
