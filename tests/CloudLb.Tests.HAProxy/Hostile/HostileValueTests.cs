using System.Net;
using CloudLb.Core.Accounts;
using CloudLb.Core.Traffic.Planning;
using CloudLb.HAProxy.Commands;
using CloudLb.HAProxy.Configuration;
using CloudLb.HAProxy.Naming;
using CloudLb.HAProxy.Templates;
using CloudLb.Tests.HAProxy.Templates;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.HAProxy.Hostile;

/// <summary>
/// No value that an API caller can send changes the structure of a configuration or a command: it is refused, or it is one word where a
/// harmless one would be. The values here have passed none of the checks before the data plane.
/// </summary>
public sealed class HostileValueTests
{
    private const int ServedAtOnce = 60;

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static readonly IPAddress Address = IPAddress.Parse("127.0.64.1");

    private static readonly Gen<Hostile> Values =
        from name in HostileValues.Of(HostileValues.Names)
        from region in HostileValues.Of([.. HostileValues.Names, "us-east-1", "undefined-42"])
        from target in HostileValues.Of(HostileValues.HealthTargets)
        from cookie in HostileValues.Of(HostileValues.CookieNames)
        from instance in HostileValues.Of(HostileValues.InstanceIds)
        from harmless in Gen.Choose(0, 31)
        select new Hostile(name, region, target, cookie, instance).Tamed(harmless);

    [Fact]
    public void A_value_is_refused_or_stands_where_a_harmless_one_would() => Check.One(Runs, Prop.ForAll(Values.ToArbitrary(), values =>
    {
        if (TryRender(values.Plan(Address)) is { } text)
        {
            Assert.Equal(
                Structure(LoadBalancerSections.Render(Hostile.Harmless.Plan(Address), HAProxyCapabilities.None).Text), Structure(text));
        }
    }));

    [Fact]
    public void A_header_of_answers_is_refused_or_stands_where_a_harmless_one_would() => Check.One(
        Runs,
        Prop.ForAll(HostileValues.Of([.. HostileValues.Names, .. HostileValues.Parameters]).ToArbitrary(), value =>
        {
            foreach (var (name, text) in new[] { ("X-Frame-Options", value), (value, "DENY") })
            {
                if (TryRender(Answering(name, text)) is { } rendered)
                {
                    Assert.Equal(Structure(TryRender(Answering("X-Frame-Options", "DENY"))!), Structure(rendered));
                    Assert.All(
                        rendered.Split('\n').Where(line => line.StartsWith("  http-after-response set-header ", StringComparison.Ordinal)),
                        line =>
                            Assert.DoesNotContain(
                                '%', line[(line.IndexOf(name, StringComparison.Ordinal) + name.Length)..].Replace("%%", "")));
                }
            }
        }));

    [Fact]
    public void What_a_request_must_show_is_refused_or_stands_where_something_harmless_would() => Check.One(
        Runs,
        Prop.ForAll(HostileValues.Of([.. HostileValues.Names, .. HostileValues.Parameters]).ToArbitrary(), value =>
        {
            foreach (var (harmless, gate) in new (PlannedGate, PlannedGate)[]
            {
                (Harmless, Harmless with { Issuer = value }),
                (Harmless, Harmless with { Claims = [new(value, ClaimForm.List, ["a"])] }),
                (Harmless, Harmless with { Claims = [new("a", ClaimForm.Words, [value])] }),
                (Harmless, Harmless with { Keys = [new(value, "a key")] }),
                (Session, Session with { LoadBalancer = value }), (Session, Session with { Id = value }),
                (Session, Session with { Key = value }), (Session, Session with { Cookie = value }),
            })
            {
                if (TryRender(Asking(gate)) is { } rendered)
                {
                    Assert.Equal(Structure(TryRender(Asking(harmless))!), Structure(rendered));
                }
            }
        }));

    private static readonly PlannedGate.Session Session =
        new("lb", "gate", Convert.ToBase64String(new byte[32]), "Cookie", WithoutSession.SignIn);

    private static readonly PlannedGate.BearerToken Harmless = new("a", [new("a", ClaimForm.Text, ["a"])], [new("a", "a key")]);

    private static PlannedLoadBalancer Asking(PlannedGate gate)
    {
        var web = ApplicationPlans.LoadBalancer("web");
        var action = web.Listeners[0].DefaultAction with { Gate = gate };
        return web with { Listeners = [web.Listeners[0] with { DefaultAction = action }] };
    }

    [Fact]
    public void What_is_told_of_clients_certificates_is_refused_or_stands_where_a_harmless_value_would() => Check.One(
        Runs,
        Prop.ForAll(HostileValues.Of([.. HostileValues.Names, .. HostileValues.Parameters]).ToArbitrary(), value =>
        {
            foreach (var asking in new[] { Asking(value, "trust"), Asking("X-Leaf", value) })
            {
                if (TryRender(asking) is { } rendered)
                {
                    Assert.Equal(Structure(TryRender(Asking("X-Leaf", "trust"))!), Structure(rendered));
                }
            }
        }));

    private static PlannedLoadBalancer Asking(string name, string trustStore) => ApplicationPlans.LoadBalancer("web")
        .Secure(Plans.Tls("ASCA1") with { ClientAuthentication = new(trustStore, true, false, HasRevocations: true) })
        .With(http => http with { ClientHeaders = [new(name, ClientCertificatePart.Leaf)], ForgeableHeaders = [name] });

    private static PlannedLoadBalancer Answering(string name, string value) =>
        ApplicationPlans.LoadBalancer("web").With(http => http with { ResponseHeaders = [new(name, value)], HidesServer = true });

    /// <summary>A template that puts whatever it is told to where it could do harm.</summary>
    private static readonly TemplateSet Telling = TemplateFiles.Set(
        ("frontend.liquid", TemplateFiles.Shipped(TemplateKind.Frontend)),
        ("frontend.rules.liquid",
            "{% for value in load_balancer %}  http-request set-header X-{{ forloop.index }} {{ value[1] }}\n{% endfor %}" +
            "{% for value in listener %}  http-request add-header X-{{ forloop.index }} {{ value[1] }}\n{% endfor %}"),
        ("backend.rules.liquid",
            "  # {{ pool.name }} {{ pool.port }}\n  http-request set-header X-Pool {{ pool.name }}-{{ load_balancer.name }}\n"),
        ("server.liquid", "{% if server.id == server.zone or server.name == load_balancer.name %}{% endif %}maxconn 7"),
        ("sections.liquid",
            "backend sorry.{{ load_balancer.id }}\n{% for pool in pools %}  acl my_{{ pool.name }} always_true\n{% endfor %}"));

    [Fact]
    public void A_value_in_a_template_is_refused_or_stands_where_a_harmless_one_would() =>
        Check.One(Runs, Prop.ForAll(Values.ToArbitrary(), values =>
        {
            if (TryRender(InZone(values.Plan(Address), values.Name), Telling) is { } text)
            {
                Assert.Equal(Structure(TryRender(InZone(Hostile.Harmless.Plan(Address), "us-east-1a"), Telling)!), Structure(text));
            }
        }));

    private static PlannedLoadBalancer InZone(PlannedLoadBalancer plan, string zone) =>
        plan.With([.. plan.Pools[0].Members.Select(member => member with { Zone = zone })]);

    [Fact]
    public void A_command_is_refused_or_has_the_words_of_a_harmless_one() => Check.One(Runs, Prop.ForAll(Values.ToArbitrary(), values =>
    {
        var harmless = Commands(Hostile.Harmless).Select(command => command.Split(' ').Length);
        try
        {
            var commands = Commands(values).ToList();
            Assert.Equal(harmless, commands.Select(command => command.Split(' ').Length));
            Assert.All(commands, command => Assert.DoesNotContain(command, character => character is < ' ' or > '~' or ';' or '\\' or '<'));
        }
        catch (UnwritableValueException)
        {
            // Refused, as it should be.
        }
    }));

    [Fact]
    public async Task HAProxy_itself_reads_the_structure_that_was_planned()
    {
        await using var dataPlane = await RunningDataPlane.StartAsync();
        var address = Loopback.Next();
        var hostile = Values.Sample(ServedAtOnce * 10)
            .Concat(HostileValues.HealthTargets.Select(target => Hostile.Harmless with { Target = target }))
            .Concat(HostileValues.CookieNames.Select(cookie => Hostile.Harmless with { Cookie = cookie }));

        // Each is a load balancer of its own, all on one address, those that can be written and those that cannot side by side.
        var plans = hostile
            .Select((values, index) => values.Plan(address, index))
            .Where(plan => TryRender(plan) is not null)
            .DistinctBy(plan => plan.Id)
            .Take(ServedAtOnce)
            .Append((Hostile.Harmless with { Target = "HTTP:80/\nlisten evil" }).Plan(address, 5000) with { Id = Plans.Id("refused") })
            .ToArray();
        await dataPlane.ApplyAsync(plans);

        var served = plans.Where(plan => plan.Id.Name != "refused").ToList();
        var expected = served.SelectMany(
            plan => plan.Listeners.Select(listener => $"{ProxyName.OfListener(plan.Id, listener.Port)},FRONTEND"))
            .Concat(served.SelectMany(plan => plan.Pools.SelectMany(pool => pool.Members
                .Select(member => member.Target).Append("BACKEND").Select(name => $"{ProxyName.OfPool(plan.Id, pool.Name)},{name}"))))

            // What processes pass requests on, end those of closed listeners and count connections by is in each of them.
            .Concat(
                [
                    "closed,BACKEND", "of_load_balancers,BACKEND", "of_sources,BACKEND", "pass_again,next", "pass_again,successor",
                    "pass_again,BACKEND", "pass_on,next", "pass_on,BACKEND", "passed_on,FRONTEND",
                ]);
        var read = (await dataPlane.AskAsync("show stat"))
            .Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => string.Join(',', line.Split(',').Take(2)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
        Assert.Equal([Plans.Id("refused")], dataPlane.DataPlane.Faults.Select(fault => fault.LoadBalancer).Distinct());
    }

    private static string? TryRender(PlannedLoadBalancer plan, TemplateSet? templates = null)
    {
        try
        {
            return LoadBalancerSections.Render(plan, HAProxyCapabilities.None, templates: templates).Text;
        }
        catch (UnwritableValueException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Commands(Hostile values)
    {
        var plan = values.Plan(Address);
        var pool = plan.Pools[0];
        var member = pool.Members[0];
        var name = new MemberName(ProxyName.OfPool(plan.Id, pool.Name), member.Target);
        return MemberCommands.Add(name, member, pool, HAProxyCapabilities.None);
    }

    /// <summary>Each line's indent, first word and number of words, as HAProxy parts them: blanks outside of quotes.</summary>
    private static List<string> Structure(string text) =>
        [.. text
            .Split('\n')
            .Select(line => $"{line.Length - line.TrimStart(' ').Length} {line.TrimStart(' ').Split(' ')[0]} {Words(line)}")];

    private static int Words(string line)
    {
        var (words, isIn, quote) = (0, false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var character = line[i];
            if (quote == '\0' && character == '#')
            {
                return -1;
            }

            if (quote == '\0' && character is ' ' or '\t' && quote == '\0')
            {
                isIn = false;
                continue;
            }

            (words, isIn) = isIn ? (words, true) : (words + 1, true);
            if (character == '\\' && quote != '\'')
            {
                i++;
            }
            else if (quote == '\0' && character is '\'' or '"' && quote == '\0')
            {
                quote = character;
            }
            else if (character == quote)
            {
                quote = '\0';
            }
        }

        return quote == '\0' ? words : -2;
    }

    /// <summary>What a caller says of a load balancer, unchecked.</summary>
    public sealed record Hostile(string Name, string Region, string Target, string Cookie, string Instance)
    {
        public static readonly Hostile Harmless = new("web", "us-east-1", "HTTP:80/ping", "JSESSIONID", "i-0123456789abcdef0");

        /// <summary>Some of the values replaced by harmless ones, so that each is also tried alone.</summary>
        public Hostile Tamed(int bits) => new(
            (bits & 1) != 0 ? Harmless.Name : Name,
            (bits & 2) != 0 ? Harmless.Region : Region,
            (bits & 4) != 0 ? Harmless.Target : Target,
            (bits & 8) != 0 ? Harmless.Cookie : Cookie,
            (bits & 16) != 0 ? Harmless.Instance : Instance);

        internal PlannedLoadBalancer Plan(IPAddress address, int index = 0)
        {
            var path = Target.IndexOf('/') is var slash and >= 0 ? Target[slash..] : Target;
            var plan = Plans.LoadBalancer(
                "x", address, new PlannedMember { Target = Instance, Address = IPAddress.Loopback, Port = 9, Weight = 1 });
            plan = plan.Checked(Plans.HttpProbe with { Path = path }).Sticky(Plans.Stickiness(null, Cookie));
            var renewed = new PlannedStickiness(Plans.StickinessKey, "AWSALBAPP-0", null, 60, Cookie) { IsRenewed = true };
            var call = plan.Pools[0].Probe with { IsHttp2 = true, GrpcStatuses = [0], UserAgent = "ELB-HealthChecker/2.0" };
            return plan with
            {
                Pools =
                [
                    plan.Pools[0], plan.Pools[0] with { Name = "renewed", Stickiness = renewed },
                    plan.Pools[0] with { Name = "grpc", MemberProtocol = MemberProtocol.Grpc, Probe = call },
                ],
                Id = new LoadBalancerId(
                    "elb", new AccountId("123456789012"), Region, index == 0 ? Name : $"{Name[..Math.Min(Name.Length, 20)]}{index}"),
                Listeners = [Plans.Listener(Plans.Port + index)],
            };
        }
    }
}
