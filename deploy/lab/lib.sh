# shellcheck shell=bash
# The functions that a scenario may call. State that a subshell or the end of the run must see lives in files below $lab_state.
export PATH=/share/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
lab_state=/run/lab lab_out=/share/out
lab_wifi=/sys/kernel/debug/ieee80211 lab_tracing=/sys/kernel/tracing
mkdir -p $lab_state
lab_n=$(cat $lab_state/n 2>/dev/null || echo 0)
declare -A lab_phy=() lab_bit=() lab_mask=()

lab_note() {
  local now
  read -r now _ </proc/uptime
  echo "[$now] $*"
}
lab_say() { echo "$*" >>/share/say; } # a line on the terminal of whoever started the lab
lab_fail() { # the lab, not the scenario, failed: the run ends with exit code 125 and this sentence
  lab_note "$*"
  echo "$*" >$lab_state/failed
  exit 125
}
lab_error() { echo "lab: $*" >&2; return 1; }
lab_mac() { printf '02:00:00:00:%02x:00' "$1"; }
lab_ip() { echo "10.11.0.$(($1 + 1))"; }
lab_until() { # lab_until SECONDS CMD...
  local end=$((${EPOCHREALTIME/./} + $1 * 1000000))
  shift
  until "$@"; do
    ((${EPOCHREALTIME/./} < end)) || return 1
    sleep 0.2
  done
}

# --- radios ----------------------------------------------------------------------------------------
lab_radios() { # again after the driver was unloaded: the same namespaces get the new radios
  local i file
  lab_n=$1
  echo "$1" >$lab_state/n
  modprobe mac80211 || lab_fail "the guest cannot load mac80211"
  lab_truth
  modprobe mac80211_hwsim radios="$1" || lab_fail "the guest cannot load mac80211_hwsim with $1 radios"
  lab_capture
  lab_phy=() lab_bit=() lab_mask=()
  for file in /sys/class/ieee80211/*/macaddress; do
    i=$((16#$(cut -d: -f5 "$file")))
    lab_phy[$i]=$(basename "${file%/*}")
  done
  for ((i = 0; i < lab_n; i++)); do lab_radio "$i" || lab_fail "radio $i of $1 could not be set up"; done
}

lab_radio() {
  local phy=${lab_phy[$1]} device
  mkdir -p "$lab_out/sta$1" "$lab_state/sta$1"
  [ -e "/run/netns/sta$1" ] || ip netns add "sta$1" || return 1
  stat -L -c %i "/run/netns/sta$1" >"$lab_out/sta$1/netns" # the label netns of an exporter that watches all namespaces
  echo 0 >"$lab_wifi/$phy/hwsim/group"
  device=$(basename "/sys/class/ieee80211/$phy/device/net/"*)
  ip link set "$device" down && iw phy "$phy" set netns name "sta$1" || return 1
  lab_in "$1" sh -ec "
    ip link set lo up
    ip link set $device name mesh0
    iw dev mesh0 set type mp
    sysctl -qw net.ipv6.conf.mesh0.disable_ipv6=1
    ip addr replace $(lab_ip "$1")/24 dev mesh0
    ip link set mesh0 up" || return 1
  [ -z "${lab_lan:-}" ] || [ -e "/sys/class/net/lan$1" ] || lab_lan "$1"
}

# With --forward or --otlp: one bridge between QEMU's network and a device lan0 in each namespace, so that the host reaches the
# exporters, or they reach the host.
lab_lan() {
  if ! [ -e /sys/class/net/lan ]; then
    modprobe -a virtio_net bridge veth || lab_fail "the guest cannot load virtio_net, bridge and veth"
    sysctl -qw net.ipv6.conf.default.disable_ipv6=1
    local uplink
    uplink=$(basename "$(echo /sys/bus/virtio/drivers/virtio_net/virtio*/net/*)")
    { ip link add lan type bridge && ip link set lan up && ip link set "$uplink" master lan up; } || lab_fail "the guest has no network device for --forward and --otlp"
  fi
  ip link add "lan$1" type veth peer name lan0 netns "sta$1" && ip link set "lan$1" master lan up &&
    lab_in "$1" sh -ec "sysctl -qw net.ipv6.conf.lan0.disable_ipv6=1; ip addr add 10.0.2.$((20 + $1))/24 dev lan0; ip link set lan0 up"
}

# --- topology: two radios hear each other when their hwsim group masks share a bit, so each link is a bit ------
lab_key() { # 2-1 -> 1-2
  local a=${1%-*} b=${1#*-}
  [[ $1 =~ ^[0-9]+-[0-9]+$ ]] && ((a != b && a < lab_n && b < lab_n)) ||
    lab_error "there is no link $1 between $lab_n radios: name two different ones as A-B" || return 1
  if ((a < b)); then echo "$a-$b"; else echo "$b-$a"; fi
}
lab_add() { # takes the first free bit
  local key bit used=" ${lab_bit[*]} "
  key=$(lab_key "$1") || return 1
  [ -z "${lab_bit[$key]:-}" ] || return 0
  for ((bit = 0; bit < 63; bit++)); do
    [[ $used == *" $bit "* ]] || { lab_bit[$key]=$bit && return; }
  done
  lab_error "no more than 63 links at a time: cut one before $1"
}
lab_masks() { # writes the masks that changed
  local i link mask
  for ((i = 0; i < lab_n; i++)); do
    mask=0
    for link in "${!lab_bit[@]}"; do
      [[ $link != "$i-"* && $link != *"-$i" ]] || mask=$((mask | 1 << lab_bit[$link]))
    done
    [ "${lab_mask[$i]:-}" != "$mask" ] || continue
    lab_mask[$i]=$mask
    printf '0x%x\n' "$mask" >"$lab_wifi/${lab_phy[$i]}/hwsim/group" || return 1
  done
}
lab_links() {
  local link
  lab_bit=() lab_mask=()
  for link in $1; do lab_add "$link" || return 1; done
  lab_masks
}
lab_link() { lab_add "$1" && lab_masks; }
lab_cut() {
  local key
  key=$(lab_key "$1") || return 1
  unset "lab_bit[$key]"
  lab_masks
}
# rx_rssi takes no minus sign: two's complement
lab_signal() { printf '%u\n' "$2" >"$lab_wifi/${lab_phy[$1]}/hwsim/rx_rssi"; }

# --- the mesh --------------------------------------------------------------------------------------
lab_peered() { # lab_peered A B: A has an established peer link to B
  lab_in "$1" iw dev mesh0 station get "$(lab_mac "$2")" 2>/dev/null | grep -q 'mesh plink:.*ESTAB'
}
lab_linked() { # every link of the graph is up on both sides
  [ -z "$(lab_unlinked)" ]
}
lab_unlinked() { # the links of the graph that are not
  local link
  for link in "${!lab_bit[@]}"; do
    { lab_peered "${link%-*}" "${link#*-}" && lab_peered "${link#*-}" "${link%-*}"; } || echo "$link"
  done
}
lab_join() { # lab_join [PARAM=VALUE]...
  local i joining=()
  for ((i = 0; i < lab_n; i++)); do
    lab_join_one "$i" "$@" &
    joining[i]=$!
  done
  for ((i = 0; i < lab_n; i++)); do
    wait "${joining[i]}" || lab_fail "station $i could not join the mesh ($*)"
  done
  lab_wait_links
}
lab_join_one() { # lab_join_one I [PARAM=VALUE]...
  local i=$1 beacon=100
  shift
  # a beacon each 100 TU instead of 1000: a peer is found by its beacon, and that was most of the waiting. In virtual time
  # waiting is free, and each beacon costs.
  [ "${lab_virtual:-}" != yes ] || beacon=1000
  lab_in "$i" iw dev mesh0 mesh join meshpath freq 2412 beacon-interval $beacon "$@" || return 1
  lab_param "$i" "$@"
}
lab_param() { # lab_param I PARAM=VALUE...: the join takes most of them, but the kernel then sets some to what it likes better
  local i=$1 param
  shift
  for param; do
    # iw says a unit behind the number
    [ "$(lab_in "$i" iw dev mesh0 get mesh_param "${param%%=*}" | cut -d' ' -f1)" = "${param#*=}" ] ||
      lab_in "$i" iw dev mesh0 set mesh_param "${param%%=*}" "${param#*=}" || lab_error "station $i does not take $param" || return 1
  done
}
lab_wait_links() { # until every link of the graph is a peer link
  local link limit=${lab_join_limit:-600} end
  end=$((SECONDS + limit))
  for link in "${!lab_bit[@]}"; do # one after the other: a poll of all of them costs more than the peering
    until lab_peered "${link%-*}" "${link#*-}" && lab_peered "${link#*-}" "${link%-*}"; do
      ((SECONDS < end)) || lab_fail "no peer link on $(lab_unlinked | paste -sd' ') $limit s after the join"
      sleep 0.2
    done
  done
}
lab_join_supplicant() { # lab_join_supplicant [LINE]...: wpa_supplicant does the peering; a LINE goes into its network block
  # It gives up on a peer that does not answer for 40 ms, three times over. So that an emulated CPU can be that fast, beacons, each of which is
  # news of a peer, are rare, and its log is not written by 9p.
  local i
  (($#)) || set -- key_mgmt=NONE
  for ((i = 0; i < lab_n; i++)); do
    {
      printf 'user_mpm=1\nnetwork={\n ssid="meshpath"\n mode=5\n frequency=2412\n beacon_int=1000\n'
      printf ' %s\n' "$@" "}"
    } >"$lab_state/sta$i/wpa.conf"
    lab_supplicant "$i"
  done
  lab_wait_links
}
lab_supplicant() { # lab_supplicant I: as lab_join_supplicant said
  lab_in "$1" wpa_supplicant -B -D nl80211 -i mesh0 -c "$lab_state/sta$1/wpa.conf" -f "$lab_state/sta$1/wpa.log" \
    -P "$lab_state/sta$1/wpa.pid" >/dev/null || lab_fail "wpa_supplicant does not start at station $1: $(tail -n 1 "$lab_state/sta$1/wpa.log")"
}
lab_forget() { # all that ARP knows, so that it does not ask meanwhile whether a neighbour is still there, and then all paths
  local i to
  for ((i = 0; i < lab_n; i++)); do lab_in "$i" ip neigh flush dev mesh0 nud all; done
  for ((i = 0; i < lab_n; i++)); do
    for to in $(lab_in "$i" iw dev mesh0 mpath dump | sed -n 's/^\([0-9a-f:]\{17\}\) .*/\1/p'); do
      lab_in "$i" iw dev mesh0 mpath del "$to" || true # it may be gone by now
    done
  done
}
lab_ping() { # lab_ping I J [COUNT]
  local code=0 text
  text=$(lab_in "$1" ping -q -c "${3:-1}" -i 0.2 -W 1 "$(lab_ip "$2")") || code=$?
  grep -E 'packets|rtt' <<<"$text" || true
  return "$code"
}

# --- exporters -------------------------------------------------------------------------------------
lab_clock() { # lab_clock I SECONDS
  [[ $2 =~ ^[+-]?[0-9]+([.][0-9]+)?$ ]] || lab_error "clock offset $2 of station $1 is not a number of seconds" || return 1
  case $2 in [+-]*) echo "$2" ;; *) echo "+$2" ;; esac >"$lab_state/sta$1/clock"
}

lab_wrong_clock() { # the environment for the exporter of station I, if its clock is to be wrong
  local clock library
  clock=$(cat "$lab_state/sta$1/clock" 2>/dev/null) || return 0
  if [ -e /share/clock-shift.so ]; then
    echo "LD_PRELOAD=/share/clock-shift.so LAB_CLOCK_SHIFT=$clock"
    return
  fi
  # another architecture, for which the host compiles nothing: slow, see clock-shift.c
  library=$(echo /usr/lib/*/faketime/libfaketime.so.1)
  [ -e "$library" ] || lab_error "lab_clock needs libfaketime, which neither the host nor the lab's tools have: apt-get install libfaketime" || return 1
  # the kernel's records carry the monotonic clock: that one stays
  echo "LD_PRELOAD=$library FAKETIME=$clock FAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_RESET=1"
}

lab_exporter() { lab_start "$@" && lab_ready "$1"; } # lab_exporter I [FLAG]...
lab_exporters() {                                    # lab_exporters [FLAG]...
  lab_exporters_start "$@" && lab_exporters_ready
}
# The two halves, for what can be done while the exporters start
lab_exporters_start() {
  local i
  for ((i = 0; i < lab_n; i++)); do lab_start "$i" "$@" || return 1; done
}
lab_exporters_ready() {
  local i
  for ((i = 0; i < lab_n; i++)); do lab_ready "$i" || return 1; done
  lab_until 60 lab_at_rest || lab_note "the guest does not come to rest"
  [ -z "${lab_forward:-}" ] || lab_say "lab: ready"
}
# What the JVMs still do after their start may, on a busy host, keep a discovery from its answer for as long as the kernel waits.
lab_at_rest() { # whether the processors were idle for half of a second
  local before after
  before=$(lab_idle_ticks)
  sleep 1
  after=$(lab_idle_ticks)
  ((after - before >= $(nproc) * 50))
}
lab_idle_ticks() { awk '$1 == "cpu" { print $5 + $6 }' /proc/stat; } # in 1/100 s, of all processors

lab_start() { # lab_start I [FLAG]...
  local i=$1 home=$lab_state/sta$1 environment
  shift
  [ -x "$MESHPATH_DIST/bin/meshpath" ] || lab_error "there is no exporter $MESHPATH_DIST/bin/meshpath: build it, or set MESHPATH_DIST" || return 1
  ! lab_alive "$i" || lab_error "the exporter of station $i runs already: lab_kill $i TERM first" || return 1
  environment=$(lab_wrong_clock "$i") || return 1
  # the emulator executes what a second compiler saves more slowly than what it costs
  environment+=" MESHPATH_JAVA_OPTS=${MESHPATH_JAVA_OPTS:--XX:TieredStopAtLevel=1}"
  if [ -n "${lab_files-yes}" ]; then
    environment+=" MESHPATH_TRACES_FILE=otlp-traces.jsonl MESHPATH_LOGS_FILE=otlp-logs.jsonl MESHPATH_CAPTURE_FILE=causes.pcapng"
    environment+=" MESHPATH_RECORD_FILE=recording.mpr"
  fi
  if [ -n "${lab_otlp:-}" ]; then
    environment+=" MESHPATH_OTLP_ENDPOINT=http://$(lab_collector "$i"):4317"
    environment+=" OTEL_RESOURCE_ATTRIBUTES=service.instance.id=sta$i,host.name=sta$i" # else all stations are this one guest
    environment+=" OTEL_EXPORTER_OTLP_TIMEOUT=60000" # ms: under emulation the first request alone may take longer than the 10 s of the SDK
  fi
  # A session of its own: it outlives the scenario, because the end of the run still scrapes it. nsenter, not "ip netns exec":
  # that mounts a fresh /sys without tracefs and bpffs.
  # shellcheck disable=SC2086 # a list
  (cd "$home" && exec setsid nsenter --net="/run/netns/sta$i" env $environment "$MESHPATH_DIST/bin/meshpath" exporter "$@") \
    </dev/null >>"$lab_out/sta$i/exporter.log" 2>&1 &
  echo $! >"$home/pid"
  lab_time "start" >>"$lab_out/sta$i/exporter.times"
}
lab_collector() { # where station I sends to: what --otlp names for it, the last one for those beyond
  local ports
  IFS=, read -ra ports <<<"$lab_otlp"
  echo "10.0.2.$((100 + ($1 < ${#ports[@]} ? $1 : ${#ports[@]} - 1)))"
}
lab_time() { # verify counts what happened while an exporter watched
  local now
  read -r now _ </proc/uptime
  echo "$1 $now"
}

lab_alive() { # the exporter of station I runs (a zombie does not)
  local pid state
  pid=$(cat "$lab_state/sta$1/pid" 2>/dev/null) || return 1
  state=$(sed -n 's/^State:\t//p' "/proc/$pid/status" 2>/dev/null) || return 1
  [ -n "$state" ] && [[ $state != [ZX]* ]]
}
lab_gone() { ! lab_alive "$1"; }

lab_get() { # lab_get I PATH: the body of an answer 200. HTTP/1.0, so that it comes in one piece
  # shellcheck disable=SC2016 # for the inner shell
  nsenter --net="/run/netns/sta$1" timeout "${lab_get_limit:-60}" bash -c '
    exec 3<>/dev/tcp/127.0.0.1/10211 || exit
    printf "GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n" "$1" >&3
    read -r _ code _ <&3
    while read -r line && [ "$line" != $'"'\r'"' ]; do :; done <&3
    cat <&3
    [ "$code" = 200 ]' get "$2" 2>/dev/null
}

lab_ready() { # a JVM starts slowly under emulation, so the limit is for one that hangs
  local limit=${lab_ready_limit:-600} end
  end=$((SECONDS + limit))
  until lab_get "$1" /-/ready >/dev/null; do
    if lab_gone "$1"; then
      lab_error "the exporter of station $1 ended before it was ready, its last lines:"
    elif ((SECONDS >= end)); then
      lab_error "the exporter of station $1 was not ready after $limit s, its last lines:"
    else
      sleep 0.3
      continue
    fi
    tail -n 10 "$lab_out/sta$1/exporter.log" >&2
    return 1
  done
  lab_time ready >>"$lab_out/sta$1/exporter.times"
}

lab_kill() { # lab_kill I SIGNAL
  local home=$lab_state/sta$1
  lab_alive "$1" || lab_error "the exporter of station $1 does not run, so $2 cannot be sent" || return 1
  touch "$home/killed"
  kill -s "$2" "$(cat "$home/pid")" || return 1
  case ${2#SIG} in STOP | CONT) return 0 ;; esac
  lab_until 30 lab_gone "$1" || lab_error "the exporter of station $1 still runs 30 s after $2" || return 1
  rm -f "$home/pid" "$home/killed"
}

lab_scrape() { # the last good one is the metrics.prom of the run
  local file=$lab_state/sta$1/scrape.$BASHPID asked answered
  read -r asked _ </proc/uptime
  lab_get "$1" /metrics >"$file" || { rm -f "$file" && lab_error "the exporter of station $1 answered no scrape" || return 1; }
  read -r answered _ </proc/uptime
  cp "$file" "$lab_out/sta$1/metrics.prom"
  echo "$asked $answered" >"$lab_out/sta$1/scrape.times"
  cat "$file"
  rm -f "$file"
}

lab_metric() { # lab_metric I REGEX: REGEX (extended) is matched against name{labels}
  local scrape samples code=0
  scrape=$(lab_scrape "$1") || code=1
  samples=$(awk '/^#/ || !NF { next }
    match($0, /} [^}]*$/) { print substr($0, 1, RSTART) "\t" $0; next } { print $1 "\t" $0 }' <<<"$scrape" |
    awk -F'\t' '{ n = split($2, word, /} /); if (n == 1) split($2, word, " "); else word[2] = word[n]; split(word[2], value, " "); print value[1] "\t" $1 }')
  grep -nE -- "$2" <(cut -f2 <<<"$samples") | cut -d: -f1 |
    awk 'FILENAME == "-" { wanted[$1]; next } FNR in wanted { sum += $1 } END { printf "%.15g\n", sum }' - <(cat <<<"$samples") || true
  return "$code"
}

# --- the kernel's own truth ------------------------------------------------------------------------
# The writers of the path table and their callers; the first six also with their arguments (lab_probes).
lab_functions="mesh_path_add mpp_path_add mesh_path_assign_nexthop mesh_path_fix_nexthop mesh_path_free_rcu mesh_path_error_tx
__mesh_path_del mesh_path_del mesh_path_flush_by_nexthop mesh_path_flush_by_iface table_flush_by_iface mesh_path_expire
mesh_path_flush_pending mesh_path_discard_frame mesh_path_tx_pending mesh_path_send_to_gates mesh_path_add_gate
mesh_plink_broken mesh_plink_establish mesh_plink_deactivate mesh_plink_block mesh_rx_plink_frame
hwmp_route_info_get mesh_rx_path_sel_frame mesh_queue_preq mesh_path_start_discovery mesh_path_timer
mesh_path_tx_root_frame mesh_nexthop_resolve ieee80211_mesh_rx_queued_mgmt ieee80211_start_mesh ieee80211_stop_mesh
ieee80211_add_mpath ieee80211_change_mpath ieee80211_del_mpath ieee80211_dump_mpath ieee80211_del_station ieee80211_change_station
ieee80211_add_station ieee80211_join_mesh ieee80211_leave_mesh ieee80211_update_mesh_config ieee80211_sta_expire"
# shellcheck disable=SC2034 # guest takes its cut between two readings of these
lab_writers="mesh_path_add mpp_path_add mesh_path_assign_nexthop mesh_path_fix_nexthop mesh_path_free_rcu mesh_path_error_tx"

lab_truth() { # kprobe_profile counts the calls; an instance of its own keeps the arguments of the few that need them
  [ ! -e $lab_state/truth ] || return 0
  local function events=$lab_tracing/kprobe_events instance=$lab_tracing/instances/args
  lab_offsets || lab_fail "the guest cannot read the struct offsets of mac80211 from the kernel's BTF"
  {
    for function in $lab_functions; do echo "p:truth/$function mac80211:$function"; done
    lab_probes
  } >$lab_state/probes
  while read -r function; do
    echo "$function" >>$events || lab_fail "this kernel refuses the probe '$function'"
  done <$lab_state/probes
  echo 1 >$lab_tracing/events/truth/enable
  mkdir $instance
  echo 0 >$instance/options/overwrite
  echo 16384 >$instance/buffer_size_kb
  echo mono >$instance/trace_clock
  echo 1 >$instance/events/args/enable
  touch $lab_state/truth
}

lab_offsets_known() { # the cache may be of another kernel, or of a former lab, which knew fewer
  grep -qsx "release $(uname -r)" /share/offsets && grep -q '^mesh_path.exp_time ' /share/offsets
}
lab_offsets() { # /share/offsets, from the running kernel's BTF; the lab keeps it for the next run of this kernel
  local release
  release=$(uname -r)
  ! lab_offsets_known || return 0
  bpftool -B /sys/kernel/btf/vmlinux btf dump file /sys/kernel/btf/mac80211 format raw |
    awk -v release="$release" -F"'" '
      BEGIN { print "release " release
        split("mesh_path.dst mesh_path.sdata mesh_path.next_hop mesh_path.sn mesh_path.flags mesh_path.is_gate mesh_path.exp_time sta_info.addr " \
          "ieee80211_sub_if_data.vif ieee80211_sub_if_data.u ieee80211_vif.addr ieee80211_if_mesh.mpp_paths", names, " ")
        for (i in names) wanted[names[i]] }
      /^\[/ { struct = $1 ~ /STRUCT/ ? $2 : ""; next }
      struct != "" && (struct "." $2) in wanted && match($0, /bits_offset=[0-9]+/) {
        print struct "." $2, substr($0, RSTART + 12, RLENGTH - 12) / 8; delete wanted[struct "." $2] }
      END { for (name in wanted) missing = missing " " name
        if (missing) { print "lab: the BTF of mac80211 has no" missing >"/dev/stderr"; exit 1 } }' >$lab_state/offsets || return 1
  cp $lab_state/offsets /share/offsets
}

lab_probes() { # kprobe events with arguments; $argN is the tracer's own name for the N-th register on each architecture
  local -A at=()
  local name offset vif proxies
  while read -r name offset; do at[$name]=$offset; done </share/offsets
  vif=$((${at[ieee80211_sub_if_data.vif]} + ${at[ieee80211_vif.addr]}))
  proxies=$((${at[ieee80211_sub_if_data.u]} + ${at[ieee80211_if_mesh.mpp_paths]}))
  # path ARG: what identifies a struct mesh_path, with the station's own MAC
  path() {
    echo "mpath=$1:x64 dst=+${at[mesh_path.dst]}($1):x8[6] sdata=+${at[mesh_path.sdata]}($1):x64" \
      "own=+$vif(+${at[mesh_path.sdata]}($1)):x8[6] flags=+${at[mesh_path.flags]}($1):x32"
  }
  life() { echo "exp=+${at[mesh_path.exp_time]}($1):u64 now=@jiffies:u64"; } # ACTIVE may stay set for a while after the expiry
  hop() { echo "old=+${at[mesh_path.next_hop]}($1):x64 new=$2:x64 new_mac=+${at[sta_info.addr]}($2):x8[6]"; }
  # shellcheck disable=SC2016 # $arg1 and $retval are the tracer's
  cat <<K
r:args/add mac80211:mesh_path_add $(path '$retval') nh=+${at[mesh_path.next_hop]}(\$retval):x64 sn=+${at[mesh_path.sn]}(\$retval):x32
p:args/add_in mac80211:mesh_path_add sdata=\$arg1:x64 own=+$vif(\$arg1):x8[6] dst=+0(\$arg2):x8[6]
p:args/mpp_add_in mac80211:mpp_path_add sdata=\$arg1:x64 own=+$vif(\$arg1):x8[6] dst=+0(\$arg2):x8[6] mpp=+0(\$arg3):x8[6]
r:args/mpp_add mac80211:mpp_path_add ret=\$retval:s32
p:args/assign mac80211:mesh_path_assign_nexthop $(path '$arg1') $(hop '$arg1' '$arg2')
p:args/fix mac80211:mesh_path_fix_nexthop $(path '$arg1') $(hop '$arg1' '$arg2')
p:args/free mac80211:mesh_path_free_rcu tbl=\$arg1:x64 proxies=\\$proxies:x64 $(path '$arg2') gate=+${at[mesh_path.is_gate]}(\$arg2):u8 $(life '$arg2')
p:args/perr_in mac80211:mesh_path_error_tx sdata=\$arg1:x64 own=+$vif(\$arg1):x8[6] target=\$arg3:x64 dst=+0(\$arg3):x8[6] sn=\$arg4:u32 reason=\$arg5:u16 $(life '$arg3')
r:args/perr mac80211:mesh_path_error_tx ret=\$retval:s32
p:args/gate_in mac80211:mesh_path_add_gate $(path '$arg1')
r:args/gate mac80211:mesh_path_add_gate ret=\$retval:s32
p:args/hwmp_in mac80211:hwmp_route_info_get element=\$arg4:u32
p:args/estab mac80211:mesh_plink_establish own=+$vif(\$arg1):x8[6] peer=+${at[sta_info.addr]}(\$arg2):x8[6]
p:args/broken mac80211:mesh_plink_broken sta=\$arg1:x64 peer=+${at[sta_info.addr]}(\$arg1):x8[6]
p:args/start mac80211:ieee80211_start_mesh sdata=\$arg1:x64 own=+$vif(\$arg1):x8[6]
p:args/stop mac80211:ieee80211_stop_mesh sdata=\$arg1:x64 own=+$vif(\$arg1):x8[6]
K
  # in which of these a path is deleted says why
  for name in ieee80211_stop_mesh ieee80211_del_station ieee80211_change_station ieee80211_del_mpath ieee80211_sta_expire \
    mesh_rx_plink_frame mesh_path_expire; do
    echo "p:args/in_$name mac80211:$name"
    echo "r:args/out_$name mac80211:$name"
  done
  unset -f path hop life
}

lab_count() { # lab_count FUNCTION
  [[ " ${lab_functions//$'\n'/ } " == *" $1 "* ]] || lab_error "$1 is not counted: lab_count knows the functions of \$lab_functions" || return 1
  awk -v name="$1" '$1 == name { print $2; exit }' $lab_tracing/kprobe_profile
}

# --- what is in the air ----------------------------------------------------------------------------
# hwsim0 vanishes with the driver: each load is captured into a file of its own, which the end of the run joins.
lab_capture() {
  local dir=$lab_state/capture
  mkdir -p $dir
  [ -e $dir/on ] || {
    touch $dir/on
    # in a session of its own: what the scenario leaves is ended with it, but the air goes on to be captured until the cut
    # shellcheck disable=SC2016 # for the inner shell
    setsid bash -c '. /share/lib.sh; lab_capture_loop "$1"' capture $dir </dev/null >/dev/null 2>&1 &
  }
  lab_until 30 lab_capturing || lab_fail "tcpdump does not capture the radio frames of hwsim0"
}
lab_capturing() { [ -e /sys/class/net/hwsim0 ] && compgen -G "$lab_state/capture/*.pcap" >/dev/null; }
lab_capture_loop() {
  local n
  for ((n = 1; ; n++)); do
    until ip link set hwsim0 up; do [ -e "$1/on" ] || return; sleep 0.2; done
    # at once: what waits in the kernel's ring when tcpdump ends is lost; 4 KiB a frame, so that the ring holds 2,000
    tcpdump -i hwsim0 --immediate-mode -U -Z root -s 4096 -B 8192 -w "$1/$(printf %03d $n).pcap" &
    echo $! >"$1/pid"
    wait $! || true
    [ -e "$1/on" ] || return
  done
}
lab_capture_bytes() { cat "$1"/*.pcap | wc -c; }
lab_capture_end() { # lab_capture_end FILE
  local dir=$lab_state/capture file first=yes bytes
  [ -e $dir/on ] || return 0
  # once a beacon more is there, so is what was before; where no station is up any more, there is none
  bytes=$(lab_capture_bytes $dir)
  lab_until 3 eval "[ \$(lab_capture_bytes $dir) -gt $bytes ]" || true
  rm $dir/on
  kill -TERM "$(cat $dir/pid)" 2>/dev/null && lab_until 5 eval "! kill -0 $(cat $dir/pid) 2>/dev/null"
  for file in "$dir"/*.pcap; do # one after the other in time: only the first keeps its file header
    if [ -n "$first" ]; then cat "$file"; else tail -c +25 "$file"; fi
    first=''
  done >"$1"
}
